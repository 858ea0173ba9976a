package io.tidegate.http.config.identity.key;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One API key and whose it is. The key itself is not kept, only its digest.
 *
 * @param keySha256 the SHA-256 of the key's UTF-8 bytes
 * @param subscriber who shows this key; several keys may be one subscriber's
 * @param tier the subscriber's tier
 * @param subscribedAt since when they have been a subscriber, if that is known
 */
public record ApiKeyConfig(
    Sha256 keySha256, String subscriber, String tier, Optional<Instant> subscribedAt) {

  public ApiKeyConfig {
    if (subscriber.isBlank()) {
      throw new IllegalArgumentException("identity.api_keys.subscriber: is empty");
    }
    if (tier.isBlank()) {
      throw new IllegalArgumentException("identity.api_keys.tier: is empty");
    }
    Objects.requireNonNull(subscribedAt, "subscribedAt");
  }

  /** Takes the digest of a key and forgets the key. */
  public static ApiKeyConfig ofKey(String key, String subscriber, String tier) {
    return new ApiKeyConfig(Sha256.of(key), subscriber, tier, Optional.empty());
  }

  /** The same of somebody who has been a subscriber since then. */
  public ApiKeyConfig since(Instant subscribedAt) {
    return new ApiKeyConfig(keySha256, subscriber, tier, Optional.of(subscribedAt));
  }
}
