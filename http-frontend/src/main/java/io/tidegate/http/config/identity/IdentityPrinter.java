package io.tidegate.http.config.identity;

import java.util.LinkedHashMap;
import java.util.Map;

/** Shows who is known as the configuration that would say so; API keys as their digests. */
public final class IdentityPrinter {

  private IdentityPrinter() {}

  /** What stands under {@code identity}. */
  public static Map<String, Object> print(IdentityConfig identity) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("api_keys", identity.apiKeys().stream().map(IdentityPrinter::key).toList());
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
}
