package io.tidegate.http.config.upstream;

import io.tidegate.http.config.yaml.Durations;
import io.tidegate.http.config.yaml.Section;
import java.util.LinkedHashMap;
import java.util.Map;

/** Shows one upstream as the YAML that would give it. */
public final class UpstreamPrinter {

  private UpstreamPrinter() {}

  /** Everything but the secrets, which are masked. */
  public static Map<String, Object> print(UpstreamConfig upstream) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("name", upstream.name());
    result.put("url", upstream.url().toString());
    result.put("weight", upstream.weight());
    upstream.authorization().ifPresent(secret -> result.put("authorization", Section.MASK));
    Map<String, Object> headers = new LinkedHashMap<>();
    upstream.headers().keySet().forEach(name -> headers.put(name, Section.MASK));
    result.put("headers", headers);
    result.put("models", upstream.models());
    if (upstream.maxSeats().isPresent()) {
      result.put("max_seats", upstream.maxSeats().getAsInt());
    } else {
      result.put("max_seats", "unlimited");
    }
    Map<String, Object> health = new LinkedHashMap<>();
    upstream.health().path().ifPresent(path -> health.put("path", path));
    health.put("interval", Durations.print(upstream.health().interval()));
    result.put("health", health);
    Map<String, Object> tls = new LinkedHashMap<>();
    upstream.tls().ca().ifPresent(file -> tls.put("ca", file.toString()));
    upstream.tls().serverName().ifPresent(name -> tls.put("server_name", name));
    result.put("tls", tls);
    result.put("retry_on", upstream.retryOn().stream().sorted().map(RetryOn::word).toList());
    return result;
  }
}
