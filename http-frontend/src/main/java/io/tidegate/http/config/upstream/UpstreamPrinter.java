package io.tidegate.http.config.upstream;

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
    upstream.authorization().ifPresent(secret -> result.put("authorization", Section.MASK));
    Map<String, Object> headers = new LinkedHashMap<>();
    upstream.headers().keySet().forEach(name -> headers.put(name, Section.MASK));
    result.put("headers", headers);
    if (upstream.maxSeats().isPresent()) {
      result.put("max_seats", upstream.maxSeats().getAsInt());
    } else {
      result.put("max_seats", "unlimited");
    }
    return result;
  }
}
