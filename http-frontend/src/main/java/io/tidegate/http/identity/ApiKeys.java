package io.tidegate.http.identity;

import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.TierTable;
import io.tidegate.http.config.identity.key.ApiKeyConfig;
import io.tidegate.http.config.identity.key.Sha256;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The API keys of the configuration. Only digests of the keys are kept.
 *
 * <p>A key is looked up by a part of its digest, and the whole digest is then compared in constant
 * time. What the lookup's own timing tells is a part of a digest, from which no key can be made.
 *
 * <p>Threading: immutable, safe for all.
 */
public final class ApiKeys implements KeySource {

  private record Entry(Sha256 digest, Subscriber subscriber) {}

  private final Map<Long, List<Entry>> byDigestPart;

  private ApiKeys(Map<Long, List<Entry>> byDigestPart) {
    this.byDigestPart = byDigestPart;
  }

  /**
   * The configured keys.
   *
   * @throws IllegalArgumentException if a key's tier is not in the table
   */
  public static ApiKeys of(List<ApiKeyConfig> keys, TierTable tiers) {
    Map<Long, List<Entry>> entries = new HashMap<>();
    for (ApiKeyConfig key : keys) {
      Subscriber subscriber =
          new Subscriber(
              key.subscriber(),
              SubscriberFacts.tier(tiers, key.tier()),
              key.subscribedAt().isPresent()
                  ? OptionalLong.of(key.subscribedAt().get().toEpochMilli())
                  : OptionalLong.empty());
      entries.merge(
          key.keySha256().first(),
          List.of(new Entry(key.keySha256(), subscriber)),
          (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
    }
    return new ApiKeys(Map.copyOf(entries));
  }

  @Override
  public Optional<Subscriber> find(Sha256 shown) {
    Subscriber found = null;
    for (Entry entry : byDigestPart.getOrDefault(shown.first(), List.of())) {
      if (sameInConstantTime(entry.digest(), shown)) {
        found = entry.subscriber();
      }
    }
    return Optional.ofNullable(found);
  }

  private static boolean sameInConstantTime(Sha256 one, Sha256 other) {
    return ((one.first() ^ other.first())
            | (one.second() ^ other.second())
            | (one.third() ^ other.third())
            | (one.fourth() ^ other.fourth()))
        == 0;
  }
}
