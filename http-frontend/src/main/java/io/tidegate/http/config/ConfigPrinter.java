package io.tidegate.http.config;

import io.tidegate.http.config.admission.AdmissionPrinter;
import io.tidegate.http.config.identity.IdentityPrinter;
import io.tidegate.http.config.listen.ListenPrinter;
import io.tidegate.http.config.signup.SignupPrinter;
import io.tidegate.http.config.upstream.TimeoutPrinter;
import io.tidegate.http.config.upstream.UpstreamPrinter;
import io.tidegate.http.config.yaml.Section;
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
    return dump(tree(config));
  }

  /** A document that is read as these maps and lists. */
  static String dump(Map<String, Object> root) {
    return yaml().dump(literal(root));
  }

  /** The same as nested maps and lists. */
  static Map<String, Object> tree(GateConfig config) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("listen", ListenPrinter.listen(config.listen()));
    root.put("admin", ListenPrinter.admin(config.admin()));
    config
        .admin()
        .health()
        .ifPresent(
            health -> root.put("health", Map.of("host", health.host(), "port", health.port())));
    root.put("data_dir", config.dataDir().toString());
    root.put("upstreams", config.upstreams().stream().map(UpstreamPrinter::print).toList());
    root.put("timeouts", TimeoutPrinter.print(config.timeouts()));
    root.putAll(
        AdmissionPrinter.print(
            config.limit(), config.tiers(), config.sessions(), config.features()));
    root.put("bodies", config.bodies().print());
    root.put("identity", IdentityPrinter.print(config.identity()));
    root.put("transport", config.transport().print());
    root.putAll(SignupPrinter.print(config.signups()));
    root.put("access_log", config.accessLog().print());
    root.put("tracing", config.tracing().print());
    root.put("pekko", masked(config.pekko()));
    return root;
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
