package io.tidegate.http.config.listen;

import io.tidegate.http.config.yaml.Section;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads the admin port's section. */
public final class AdminReader {

  private AdminReader() {}

  /** Reads the section; what is wrong is reported and replaced by its default. */
  public static AdminConfig read(Section section, OptionalInt portOverride, ListenConfig listen) {
    AdminConfig defaults = AdminConfig.defaults();
    OptionalLong port = section.integer("port", ListenConfig.PORT);
    AdminConfig admin =
        new AdminConfig(
            section.text("host").orElse(defaults.host()),
            portOverride.orElse((int) port.orElse(defaults.port())),
            section.secret("token"));
    if (admin.clashesWith(listen)) {
      section.report("port", admin.port() + " is the port of listen, on the same host");
      return admin.withPort(0);
    }
    return admin;
  }
}
