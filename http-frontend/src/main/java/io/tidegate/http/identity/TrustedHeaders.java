package io.tidegate.http.identity;

import io.tidegate.engine.tier.TierTable;
import io.tidegate.http.config.identity.CallerNames;
import io.tidegate.http.config.identity.Network;
import io.tidegate.http.config.identity.TrustedHeadersConfig;
import io.tidegate.http.config.identity.key.SubscribedAt;
import io.tidegate.http.transport.framing.VerbatimHead;
import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/**
 * Who is calling as another proxy has found out and says by headers. Its word counts by where its
 * connection comes from, never by what {@code X-Forwarded-For} says.
 *
 * <p>Threading: immutable, safe for all.
 */
final class TrustedHeaders {

  private final List<Network> from;
  private final CallerNames names;
  private final SubscriberFacts facts;

  TrustedHeaders(TrustedHeadersConfig config, TierTable tiers) {
    from = config.from();
    names = config.names();
    facts = SubscriberFacts.of(tiers, config.defaultTier());
  }

  /** The caller; empty if the sender is not trusted, or names nobody. */
  Optional<Caller> find(HttpRequest request, InetAddress sender) {
    if (from.stream().noneMatch(network -> network.contains(sender))) {
      return Optional.empty();
    }
    String subscriber = null;
    String tier = null;
    String since = null;
    for (HttpHeader header : request.getHeaders()) {
      boolean twice = false;
      if (header.is(names.subscriber())) {
        twice = subscriber != null;
        subscriber = VerbatimHead.text(header.value()).strip();
      } else if (header.is(names.tier())) {
        twice = tier != null;
        tier = VerbatimHead.text(header.value()).strip();
      } else if (header.is(names.since())) {
        twice = since != null;
        since = header.value().strip();
      }
      if (twice) {
        // One of the two is the client's own, and nobody can say which.
        return Optional.of(Caller.Unknown.INSTANCE);
      }
    }
    return subscriber == null
        ? Optional.empty()
        : Optional.of(caller(subscriber, Optional.ofNullable(tier), Optional.ofNullable(since)));
  }

  private Caller caller(String subscriber, Optional<String> tier, Optional<String> since) {
    return facts
        .subscriber(subscriber, tier, since.flatMap(TrustedHeaders::instant))
        .<Caller>map(known -> new Caller.Known(known, Caller.Proof.TRUSTED_HEADER))
        .orElse(Caller.Unknown.INSTANCE);
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(SubscribedAt.parse(text));
    } catch (DateTimeException unreadable) {
      return Optional.empty(); // unknown since when, as where nothing is said
    }
  }
}
