package io.tidegate.http.config.identity;

import io.tidegate.http.config.yaml.Range;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How callers are told apart.
 *
 * @param apiKeys no key twice
 * @param maxSubscribers of how many subscribers quotas are counted at once, 1 to 100000000
 */
public record IdentityConfig(List<ApiKeyConfig> apiKeys, int maxSubscribers) {

  static final Range SUBSCRIBERS = new Range(1, 100_000_000);

  private static final int DEFAULT_MAX_SUBSCRIBERS = 1_000_000;

  public IdentityConfig {
    apiKeys = List.copyOf(apiKeys);
    SUBSCRIBERS.check("identity.max_subscribers", maxSubscribers);
    Set<Sha256> seen = new HashSet<>();
    for (ApiKeyConfig key : apiKeys) {
      if (!seen.add(key.keySha256())) {
        throw new IllegalArgumentException(
            "identity.api_keys: a key of " + key.subscriber() + " appears twice");
      }
    }
  }

  /** Nobody is known. */
  public static IdentityConfig none() {
    return of(List.of());
  }

  /** Whoever shows one of these keys. */
  public static IdentityConfig of(List<ApiKeyConfig> apiKeys) {
    return new IdentityConfig(apiKeys, DEFAULT_MAX_SUBSCRIBERS);
  }

  /** The same with other keys. */
  public IdentityConfig withApiKeys(List<ApiKeyConfig> others) {
    return new IdentityConfig(others, maxSubscribers);
  }
}
