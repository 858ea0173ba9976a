package io.tidegate.http.config.listen;

import io.tidegate.http.config.yaml.Section;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads the data port's section. */
public final class ListenReader {

  private ListenReader() {}

  /** Reads the section; what is wrong is reported and replaced by its default. */
  public static ListenConfig read(Section section, OptionalInt portOverride) {
    ListenConfig defaults = ListenConfig.defaults();
    OptionalLong port = section.integer("port", ListenConfig.PORT);
    OptionalLong perAddress =
        section.integer("max_connections_per_address", Allowed.CONNECTIONS, "unlimited");
    long maxBody =
        section.integer("max_body_bytes", Allowed.BODY_BYTES).orElse(defaults.maxBodyBytes());
    return new ListenConfig(
        section.text("host").orElse(defaults.host()),
        portOverride.orElse((int) port.orElse(defaults.port())),
        (int)
            section
                .integer("max_connections", Allowed.CONNECTIONS)
                .orElse(defaults.maxConnections()),
        (int)
            section
                .integer("max_header_bytes", Allowed.HEADER_BYTES)
                .orElse(defaults.maxHeaderBytes()),
        (int) section.integer("max_headers", Allowed.HEADERS).orElse(defaults.maxHeaders()),
        maxBody,
        maxHeldBytes(section, maxBody),
        perAddress.isPresent() ? OptionalInt.of((int) perAddress.getAsLong()) : OptionalInt.empty(),
        tls(section));
  }

  private static Optional<TlsConfig> tls(Section section) {
    boolean wanted = section.has("tls");
    return section.section(
        "tls",
        tls -> {
          Optional<Path> certificate = file(tls, "certificate", wanted);
          Optional<Path> key = file(tls, "key", wanted);
          return certificate.flatMap(chain -> key.map(its -> new TlsConfig(chain, its)));
        });
  }

  private static Optional<Path> file(Section section, String name, boolean required) {
    try {
      return (required ? section.required(name) : section.text(name)).map(Path::of);
    } catch (InvalidPathException e) {
      section.report(name, "is not a path");
      return Optional.empty();
    }
  }

  private static long maxHeldBytes(Section section, long maxBody) {
    long fallback = Math.max(maxBody, ListenConfig.DEFAULT_HELD_BYTES);
    long held = section.integer("max_held_body_bytes", Allowed.HELD_BYTES).orElse(fallback);
    if (held < maxBody) {
      section.report(
          "max_held_body_bytes", held + " is below listen.max_body_bytes, which is " + maxBody);
      return fallback;
    }
    return held;
  }
}
