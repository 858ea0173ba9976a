package io.tidegate.http.identity;

import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes subscribers out of what another server says of them.
 *
 * @param tiers those that exist
 * @param defaultTier of whoever comes without one; empty: they are nobody
 */
public record SubscriberFacts(TierTable tiers, Optional<Tier> defaultTier) {

  /** A longer name would only cost memory, and is no name that anybody gave on purpose. */
  private static final int MAX_ID_LENGTH = 256;

  /**
   * With a default tier by its name.
   *
   * @throws IllegalArgumentException if that tier does not exist
   */
  public static SubscriberFacts of(TierTable tiers, Optional<String> defaultTier) {
    return new SubscriberFacts(tiers, defaultTier.map(name -> tier(tiers, name)));
  }

  /** The subscriber; empty if the name cannot be one, or there is no tier for it. */
  public Optional<Subscriber> subscriber(
      String id, Optional<String> tierName, Optional<Instant> since) {
    if (id.isBlank() || id.length() > MAX_ID_LENGTH || AnonymousCallers.isOne(id)) {
      return Optional.empty();
    }
    return tierName
        .flatMap(tiers::find)
        .or(() -> defaultTier)
        .map(tier -> new Subscriber(id, tier, millis(since)));
  }

  static Tier tier(TierTable tiers, String name) {
    return tiers
        .find(name)
        .orElseThrow(() -> new IllegalArgumentException("no such tier: " + name));
  }

  private static OptionalLong millis(Optional<Instant> since) {
    return since.isPresent() ? OptionalLong.of(since.get().toEpochMilli()) : OptionalLong.empty();
  }
}
