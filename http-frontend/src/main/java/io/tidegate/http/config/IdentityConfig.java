package io.tidegate.http.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How callers are told apart.
 *
 * @param apiKeys no key twice
 */
public record IdentityConfig(List<ApiKeyConfig> apiKeys) {

  public IdentityConfig {
    apiKeys = List.copyOf(apiKeys);
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
    return new IdentityConfig(List.of());
  }
}
