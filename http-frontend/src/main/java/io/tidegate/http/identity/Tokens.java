package io.tidegate.http.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.TierTable;
import io.tidegate.http.config.identity.CallerNames;
import io.tidegate.http.config.identity.JwtConfig;
import io.tidegate.http.config.identity.JwtConfig.Keys;
import io.tidegate.http.config.identity.key.Sha256;
import io.tidegate.http.config.identity.key.SubscribedAt;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Signed tokens (JWT, RFC 7519) and whose they are. A token is checked once, and then known by its
 * digest until it expires.
 *
 * <p>Threading: safe for all; never waits for the identity server.
 */
final class Tokens implements AutoCloseable {

  /** Every token begins so: with a JSON object in base64. */
  private static final String BEGINNING = "eyJ";

  private final Supplier<Optional<VerifyingKeys>> keys;
  private final BooleanSupplier keysMayChange;
  private final Runnable close;
  private final CallerNames claims;
  private final SubscriberFacts facts;
  private final long skewMillis;
  private final InstantSource clock;

  private Tokens(
      JwtConfig config,
      TierTable tiers,
      InstantSource clock,
      Supplier<Optional<VerifyingKeys>> keys,
      BooleanSupplier keysMayChange,
      Runnable close) {
    this.keys = keys;
    this.keysMayChange = keysMayChange;
    this.close = close;
    this.claims = config.claims();
    this.facts = SubscriberFacts.of(tiers, config.defaultTier());
    this.skewMillis = config.clockSkew().toMillis();
    this.clock = clock;
  }

  /** Tokens as configured, by the machine's clock. */
  static Tokens of(JwtConfig config, TierTable tiers) {
    return of(config, tiers, InstantSource.system());
  }

  static Tokens of(JwtConfig config, TierTable tiers, InstantSource clock) {
    if (config.keys() instanceof Keys.Server server) {
      PublishedKeys published = new PublishedKeys(config, server, clock);
      return new Tokens(
          config, tiers, clock, published::now, published::mayChange, published::close);
    }
    Keys.Fixed fixed = (Keys.Fixed) config.keys();
    Optional<VerifyingKeys> one = Optional.of(VerifyingKeys.of(config, fixed.key(), clock));
    return new Tokens(config, tiers, clock, () -> one, () -> false, () -> {});
  }

  /** Whose token this is. */
  Caller find(String token, Sha256 digest) {
    if (!token.startsWith(BEGINNING)) {
      return Caller.Unknown.INSTANCE;
    }
    Optional<VerifyingKeys> known = keys.get();
    if (known.isEmpty()) {
      return Caller.Undecided.INSTANCE;
    }
    return known
        .get()
        .seen()
        .find(digest, clock.millis())
        .map(Tokens::known)
        .orElseGet(() -> check(token, digest, known.get()));
  }

  private Caller check(String token, Sha256 digest, VerifyingKeys by) {
    try {
      SignedJWT signed = SignedJWT.parse(token);
      if (by.namesAnotherKey(signed) && keysMayChange.getAsBoolean()) {
        return Caller.Undecided.INSTANCE;
      }
      Optional<JWTClaimsSet> good = by.verify(signed);
      Optional<Subscriber> subscriber =
          good.isPresent() ? subscriber(good.get()) : Optional.empty();
      subscriber.ifPresent(found -> by.seen().add(digest, found, expiry(good.get()) + skewMillis));
      return subscriber.map(Tokens::known).orElse(Caller.Unknown.INSTANCE);
    } catch (ParseException | RuntimeException notAToken) {
      // Whatever a stranger's text makes a parser throw, it is nobody's token.
      return Caller.Unknown.INSTANCE;
    }
  }

  private Optional<Subscriber> subscriber(JWTClaimsSet claimed) throws ParseException {
    return facts.subscriber(
        claimed.getStringClaim(claims.subscriber()),
        Optional.ofNullable(claimed.getClaim(claims.tier())).map(Object::toString),
        since(claimed.getClaim(claims.since())));
  }

  /** Seconds, as all times in tokens are, or text; what cannot be read counts as not said. */
  private static Optional<Instant> since(Object claim) {
    try {
      return claim instanceof Number seconds
          ? Optional.of(Instant.ofEpochSecond(seconds.longValue()))
          : Optional.ofNullable(claim).map(text -> SubscribedAt.parse(text.toString()));
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  private static long expiry(JWTClaimsSet good) {
    return good.getExpirationTime().toInstant().toEpochMilli();
  }

  private static Caller known(Subscriber subscriber) {
    return new Caller.Known(subscriber, Caller.Proof.TOKEN);
  }

  @Override
  public void close() {
    close.run();
  }
}
