package io.tidegate.http.config.upstream;

import io.tidegate.http.config.yaml.Durations;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Shows the time-outs as the YAML that would give them. */
public final class TimeoutPrinter {

  /** No time-out at all. */
  static final String OFF = "off";

  private TimeoutPrinter() {}

  /** Every default spelled out. */
  public static Map<String, Object> print(TimeoutConfig timeouts) {
    Map<String, Object> firstByte = new LinkedHashMap<>();
    put(firstByte, "stream", timeouts.firstByteStream());
    put(firstByte, "other", timeouts.firstByteOther());
    Map<String, Object> result = new LinkedHashMap<>();
    put(result, "connect", timeouts.connect());
    result.put("first_byte", firstByte);
    put(result, "idle", timeouts.idle());
    result.put("total", timeouts.total().map(Durations::print).orElse(OFF));
    put(result, "send", timeouts.send());
    put(result, "request_head", timeouts.requestHead());
    put(result, "request_body", timeouts.requestBody());
    put(result, "keep_alive", timeouts.keepAlive());
    put(result, "drain", timeouts.drain());
    return result;
  }

  private static void put(Map<String, Object> into, String key, Duration duration) {
    into.put(key, Durations.print(duration));
  }
}
