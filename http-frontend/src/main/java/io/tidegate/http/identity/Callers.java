package io.tidegate.http.identity;

import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.TierTable;
import io.tidegate.http.config.identity.IdentityConfig;
import io.tidegate.http.config.identity.key.Sha256;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/**
 * Tells who sent a request: first by the word of a trusted proxy, then by the key or token that is
 * shown. Whoever shows something that is nobody's is nobody, also where others may come without.
 *
 * <p>Threading: safe for all. Nothing waits: keys of an identity server are fetched by a thread of
 * their own.
 */
public final class Callers implements AutoCloseable {

  private final Optional<TrustedHeaders> trusted;
  private final List<KeySource> keys;
  private final Optional<Tokens> tokens;
  private final Optional<AnonymousCallers> anonymous;

  private Callers(
      Optional<TrustedHeaders> trusted,
      List<KeySource> keys,
      Optional<Tokens> tokens,
      Optional<AnonymousCallers> anonymous) {
    this.trusted = trusted;
    this.keys = keys;
    this.tokens = tokens;
    this.anonymous = anonymous;
  }

  /**
   * The callers of a configuration.
   *
   * @param more where keys are looked for that the configuration does not know, in this order
   * @throws IllegalArgumentException if a tier that is named is not in the table
   */
  public static Callers of(IdentityConfig config, TierTable tiers, List<KeySource> more) {
    return new Callers(
        config.trustedHeaders().map(trusted -> new TrustedHeaders(trusted, tiers)),
        Stream.concat(Stream.of(ApiKeys.of(config.apiKeys(), tiers)), more.stream()).toList(),
        config.jwt().map(jwt -> Tokens.of(jwt, tiers)),
        config
            .anonymousTier()
            .map(tier -> new AnonymousCallers(SubscriberFacts.tier(tiers, tier))));
  }

  /** Whether somebody is known by an address only, and no subscriber of the operator's. */
  public static boolean isAnonymous(Subscriber subscriber) {
    return AnonymousCallers.isOne(subscriber.id());
  }

  /**
   * The callers of a configuration that takes the place of this one's. Keys that sign tokens are
   * kept, if they are to come from where they came from; else they are fetched no more.
   *
   * @throws IllegalArgumentException if a tier that is named is not in the table
   */
  public Callers change(IdentityConfig before, IdentityConfig now, TierTable tiers) {
    boolean same = before.jwt().equals(now.jwt());
    Callers next = of(same ? now.withoutJwt() : now, tiers, keys.subList(1, keys.size()));
    if (same) {
      return new Callers(next.trusted, next.keys, tokens, next.anonymous);
    }
    close();
    return next;
  }

  /**
   * Who sent this request.
   *
   * @param from the other end of its connection
   */
  public Caller of(HttpRequest request, InetAddress from) {
    Optional<Caller> named = trusted.flatMap(headers -> headers.find(request, from));
    if (named.isPresent()) {
      return named.get();
    }
    Optional<String> shown = Credentials.of(request);
    return shown.isPresent()
        ? of(shown.get())
        : anonymous.map(any -> any.of(from)).orElse(Caller.Unknown.INSTANCE);
  }

  /** Whose key or token this is. */
  public Caller of(String shown) {
    Sha256 digest = Sha256.of(shown);
    for (KeySource source : keys) {
      Optional<Subscriber> found = source.find(digest);
      if (found.isPresent()) {
        return new Caller.Known(found.get(), Caller.Proof.API_KEY);
      }
    }
    return tokens.isPresent() ? tokens.get().find(shown, digest) : Caller.Unknown.INSTANCE;
  }

  /** Stops fetching keys. */
  @Override
  public void close() {
    tokens.ifPresent(Tokens::close);
  }
}
