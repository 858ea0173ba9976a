package io.tidegate.http.config.identity;

import io.tidegate.http.config.identity.key.ApiKeyConfig;
import io.tidegate.http.config.identity.key.Sha256;
import io.tidegate.http.config.yaml.Range;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How callers are told apart.
 *
 * @param apiKeys no key twice; those of a file of their own are among them
 * @param jwt which signed tokens are believed; empty: none
 * @param trustedHeaders who may say by headers who is calling; empty: nobody
 * @param anonymousTier the tier of whoever shows nothing; empty: they are refused
 * @param maxSubscribers of how many subscribers quotas are counted at once, 1 to 100000000
 */
public record IdentityConfig(
    List<ApiKeyConfig> apiKeys,
    Optional<JwtConfig> jwt,
    Optional<TrustedHeadersConfig> trustedHeaders,
    Optional<String> anonymousTier,
    int maxSubscribers) {

  static final Range SUBSCRIBERS = new Range(1, 100_000_000);

  private static final int DEFAULT_MAX_SUBSCRIBERS = 1_000_000;

  public IdentityConfig {
    apiKeys = List.copyOf(apiKeys);
    Objects.requireNonNull(jwt, "jwt");
    Objects.requireNonNull(trustedHeaders, "trustedHeaders");
    Objects.requireNonNull(anonymousTier, "anonymousTier");
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
    return new IdentityConfig(
        apiKeys, Optional.empty(), Optional.empty(), Optional.empty(), DEFAULT_MAX_SUBSCRIBERS);
  }

  /** The same with room for so many subscribers. */
  public IdentityConfig withMaxSubscribers(int most) {
    return new IdentityConfig(apiKeys, jwt, trustedHeaders, anonymousTier, most);
  }

  /** The same with other keys. */
  public IdentityConfig withApiKeys(List<ApiKeyConfig> others) {
    return new IdentityConfig(others, jwt, trustedHeaders, anonymousTier, maxSubscribers);
  }

  /** The same, and no token is believed. */
  public IdentityConfig withoutJwt() {
    return new IdentityConfig(
        apiKeys, Optional.empty(), trustedHeaders, anonymousTier, maxSubscribers);
  }

  /** The same, and whoever shows such a token. */
  public IdentityConfig withJwt(JwtConfig believed) {
    return new IdentityConfig(
        apiKeys, Optional.of(believed), trustedHeaders, anonymousTier, maxSubscribers);
  }

  /** The same, and whoever such a proxy speaks for. */
  public IdentityConfig withTrustedHeaders(TrustedHeadersConfig trusted) {
    return new IdentityConfig(apiKeys, jwt, Optional.of(trusted), anonymousTier, maxSubscribers);
  }

  /** The same, and whoever shows nothing. */
  public IdentityConfig withAnonymous(String tier) {
    return new IdentityConfig(apiKeys, jwt, trustedHeaders, Optional.of(tier), maxSubscribers);
  }

  /** Whether anybody can be known at all. */
  public boolean knowsAnybody() {
    return !apiKeys.isEmpty()
        || jwt.isPresent()
        || trustedHeaders.isPresent()
        || anonymousTier.isPresent();
  }

  /** The headers by which a proxy may say who is calling, in lower case. */
  public Set<String> trustedHeaderNames() {
    return trustedHeaders.stream()
        .flatMap(trusted -> trusted.names().all())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Every tier that is named here. */
  public Stream<String> tiers() {
    return Stream.of(
            apiKeys.stream().map(ApiKeyConfig::tier),
            jwt.flatMap(JwtConfig::defaultTier).stream(),
            trustedHeaders.flatMap(TrustedHeadersConfig::defaultTier).stream(),
            anonymousTier.stream())
        .flatMap(names -> names);
  }
}
