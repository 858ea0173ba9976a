package io.tidegate.http.config.listen;

import io.tidegate.http.config.yaml.Section;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads the admin port's section. */
public final class AdminReader {

  private AdminReader() {}

  /** Reads the section; what is wrong is reported and replaced by its default. */
  public static AdminConfig read(
      Section section,
      OptionalInt portOverride,
      ListenConfig listen,
      Optional<HealthConfig> health) {
    AdminConfig defaults = AdminConfig.defaults();
    OptionalLong port = section.integer("port", ListenConfig.PORT);
    AdminConfig admin =
        new AdminConfig(
            section.text("host").orElse(defaults.host()),
            portOverride.orElse((int) port.orElse(defaults.port())),
            section.secret("token"),
            health);
    if (admin.clashesWith(listen)) {
      section.report("port", admin.port() + " is the port of listen, on the same host");
      return admin.withPort(0);
    }
    return admin;
  }

  /** Reads where health and metrics are served; empty if there is no such section. */
  public static Optional<HealthConfig> health(Section root) {
    HealthConfig defaults = HealthConfig.defaults();
    HealthConfig health =
        root.section(
            "health",
            section ->
                new HealthConfig(
                    section.text("host").orElse(defaults.host()),
                    (int) section.integer("port", ListenConfig.PORT).orElse(defaults.port())));
    return root.has("health") ? Optional.of(health) : Optional.empty();
  }
}
