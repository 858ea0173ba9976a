package io.tidegate.http.config.identity;

import io.tidegate.http.config.identity.JwtConfig.Keys;
import io.tidegate.http.config.identity.key.ApiKeyConfig;
import io.tidegate.http.config.yaml.Durations;
import io.tidegate.http.config.yaml.Section;
import java.util.LinkedHashMap;
import java.util.Map;

/** Shows who is known as the configuration that would say so; API keys as their digests. */
public final class IdentityPrinter {

  private IdentityPrinter() {}

  /** What stands under {@code identity}. */
  public static Map<String, Object> print(IdentityConfig identity) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("api_keys", identity.apiKeys().stream().map(IdentityPrinter::key).toList());
    identity.jwt().ifPresent(jwt -> result.put("jwt", jwt(jwt)));
    identity.trustedHeaders().ifPresent(trusted -> result.put("trusted_headers", trusted(trusted)));
    identity.anonymousTier().ifPresent(tier -> result.put("anonymous", Map.of("tier", tier)));
    result.put("max_subscribers", identity.maxSubscribers());
    return result;
  }

  private static Map<String, Object> key(ApiKeyConfig key) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("key_sha256", key.keySha256().hex());
    result.put("subscriber", key.subscriber());
    result.put("tier", key.tier());
    key.subscribedAt().ifPresent(since -> result.put("subscribed_at", since.toString()));
    return result;
  }

  private static Map<String, Object> jwt(JwtConfig jwt) {
    Map<String, Object> result = new LinkedHashMap<>();
    if (jwt.keys() instanceof Keys.Server server) {
      result.put("jwks_url", server.url().toString());
      result.put("refresh", Durations.print(server.refresh()));
    } else {
      result.put("key", Section.MASK);
    }
    result.put("algorithm", jwt.algorithm().name());
    result.put("issuer", jwt.issuer());
    result.put("audience", jwt.audience());
    result.put("subscriber_claim", jwt.claims().subscriber());
    result.put("tier_claim", jwt.claims().tier());
    result.put("since_claim", jwt.claims().since());
    jwt.defaultTier().ifPresent(tier -> result.put("default_tier", tier));
    result.put("clock_skew", Durations.print(jwt.clockSkew()));
    return result;
  }

  private static Map<String, Object> trusted(TrustedHeadersConfig trusted) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("from", trusted.from().stream().map(Network::toString).toList());
    result.put("subscriber", trusted.names().subscriber());
    result.put("tier", trusted.names().tier());
    result.put("since", trusted.names().since());
    trusted.defaultTier().ifPresent(tier -> result.put("default_tier", tier));
    return result;
  }
}
