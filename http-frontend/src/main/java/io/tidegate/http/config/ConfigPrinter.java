package io.tidegate.http.config;

import io.tidegate.http.config.admission.AdmissionPrinter;
import io.tidegate.http.config.signup.SignupPrinter;
import io.tidegate.http.config.yaml.Durations;
import io.tidegate.http.config.yaml.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * Shows a configuration as the YAML that would give it, every default spelled out.
 *
 * <p>Secrets are masked; the loader refuses the mask, so that nobody runs with it as a password.
 * API keys are shown as their digests, which may stand in a configuration.
 */
public final class ConfigPrinter {

  private ConfigPrinter() {}

  /** A document that {@link ConfigLoader} reads as the same configuration, secrets apart. */
  public static String print(GateConfig config) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("listen", listen(config.listen()));
    root.put("admin", admin(config.admin()));
    root.put("data_dir", config.dataDir().toString());
    root.put("upstreams", config.upstreams().stream().map(ConfigPrinter::upstream).toList());
    root.put("timeouts", timeouts(config.timeouts()));
    root.putAll(
        AdmissionPrinter.print(
            config.limit(), config.tiers(), config.sessions(), config.features()));
    Map<String, Object> identity = new LinkedHashMap<>();
    identity.put("api_keys", config.identity().apiKeys().stream().map(ConfigPrinter::key).toList());
    identity.put("max_subscribers", config.identity().maxSubscribers());
    root.put("identity", identity);
    root.putAll(SignupPrinter.print(config.signups()));
    root.put("pekko", masked(config.pekko()));
    return yaml().dump(literal(root));
  }

  private static Map<String, Object> listen(ListenConfig listen) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("host", listen.host());
    result.put("port", listen.port());
    result.put("max_connections", listen.maxConnections());
    if (listen.maxConnectionsPerAddress().isPresent()) {
      result.put("max_connections_per_address", listen.maxConnectionsPerAddress().getAsInt());
    } else {
      result.put("max_connections_per_address", "unlimited");
    }
    result.put("max_header_bytes", listen.maxHeaderBytes());
    result.put("max_headers", listen.maxHeaders());
    result.put("max_body_bytes", listen.maxBodyBytes());
    result.put("max_held_body_bytes", listen.maxHeldBodyBytes());
    return result;
  }

  private static Map<String, Object> admin(AdminConfig admin) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("host", admin.host());
    result.put("port", admin.port());
    admin.token().ifPresent(token -> result.put("token", Section.MASK));
    return result;
  }

  private static Map<String, Object> upstream(UpstreamConfig upstream) {
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

  private static Map<String, Object> timeouts(TimeoutConfig timeouts) {
    Map<String, Object> firstByte = new LinkedHashMap<>();
    put(firstByte, "stream", timeouts.firstByteStream());
    put(firstByte, "other", timeouts.firstByteOther());
    Map<String, Object> result = new LinkedHashMap<>();
    put(result, "connect", timeouts.connect());
    result.put("first_byte", firstByte);
    put(result, "idle", timeouts.idle());
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

  private static Map<String, Object> key(ApiKeyConfig key) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("key_sha256", key.keySha256().hex());
    result.put("subscriber", key.subscriber());
    result.put("tier", key.tier());
    key.subscribedAt().ifPresent(since -> result.put("subscribed_at", since.toString()));
    return result;
  }

  /** Pekko's settings are not known here, so whatever sounds like a secret is taken for one. */
  private static Object masked(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> result = new LinkedHashMap<>();
      map.forEach(
          (key, inner) ->
              result.put(
                  key.toString(), soundsSecret(key.toString()) ? Section.MASK : masked(inner)));
      return result;
    }
    return value instanceof List<?> list
        ? list.stream().map(ConfigPrinter::masked).toList()
        : value;
  }

  private static boolean soundsSecret(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    return Stream.of("password", "secret", "token", "authorization", "credential")
        .anyMatch(lower::contains);
  }

  /** Doubles the dollar sign where text would be read as a reference to the environment. */
  private static Object literal(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> result = new LinkedHashMap<>();
      map.forEach((key, inner) -> result.put(key, literal(inner)));
      return result;
    } else if (value instanceof List<?> list) {
      List<Object> result = new ArrayList<>();
      list.forEach(item -> result.add(literal(item)));
      return result;
    }
    return value instanceof String text ? text.replace("${", "$${") : value;
  }

  private static Yaml yaml() {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setIndent(2);
    // One line each, however long.
    options.setWidth(Integer.MAX_VALUE);
    options.setSplitLines(false);
    return new Yaml(options);
  }
}
