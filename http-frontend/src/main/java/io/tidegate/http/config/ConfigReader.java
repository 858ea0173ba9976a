package io.tidegate.http.config;

import io.tidegate.http.config.admission.FeatureReader;
import io.tidegate.http.config.admission.LimitConfig;
import io.tidegate.http.config.admission.LimitReader;
import io.tidegate.http.config.admission.SessionReader;
import io.tidegate.http.config.admission.TierConfig;
import io.tidegate.http.config.admission.TierReader;
import io.tidegate.http.config.signup.SignupReader;
import io.tidegate.http.config.yaml.Section;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Which keys there are and what they mean: the file's sections, each read into its record. */
final class ConfigReader {

  private ConfigReader() {}

  /** Reads everything; what is wrong is reported and replaced by its default. */
  static GateConfig read(Section root, Overrides overrides) {
    GateConfig defaults = GateConfig.defaults();
    ListenConfig listen = root.section("listen", section -> listen(section, overrides));
    AdminConfig admin = root.section("admin", section -> admin(section, overrides, listen));
    List<UpstreamConfig> upstreams = UpstreamReader.read(root, overrides);
    TierConfig tiers = TierReader.read(root);
    Path dataDir = overrides.dataDir().orElse(dataDir(root).orElse(defaults.dataDir()));
    return new GateConfig(
        listen,
        admin,
        dataDir,
        upstreams,
        root.section("timeouts", ConfigReader::timeouts),
        LimitReader.read(root, sumOfSeats(upstreams)),
        tiers,
        root.section("sessions", SessionReader::read),
        FeatureReader.read(root, tiers),
        root.section("identity", section -> identity(section, tiers)),
        SignupReader.read(root, tiers.names(), dataDir),
        root.tree("pekko"));
  }

  private static ListenConfig listen(Section section, Overrides overrides) {
    ListenConfig defaults = ListenConfig.defaults();
    OptionalLong port = section.integer("port", Ranges.PORT);
    OptionalLong perAddress =
        section.integer("max_connections_per_address", Ranges.CONNECTIONS, "unlimited");
    long maxBody =
        section.integer("max_body_bytes", Ranges.BODY_BYTES).orElse(defaults.maxBodyBytes());
    return new ListenConfig(
        section.text("host").orElse(defaults.host()),
        overrides.port().orElse((int) port.orElse(defaults.port())),
        (int)
            section
                .integer("max_connections", Ranges.CONNECTIONS)
                .orElse(defaults.maxConnections()),
        (int)
            section
                .integer("max_header_bytes", Ranges.HEADER_BYTES)
                .orElse(defaults.maxHeaderBytes()),
        (int) section.integer("max_headers", Ranges.HEADERS).orElse(defaults.maxHeaders()),
        maxBody,
        maxHeldBytes(section, maxBody),
        perAddress.isPresent()
            ? OptionalInt.of((int) perAddress.getAsLong())
            : OptionalInt.empty());
  }

  private static long maxHeldBytes(Section section, long maxBody) {
    long fallback = Math.max(maxBody, ListenConfig.DEFAULT_HELD_BYTES);
    long held = section.integer("max_held_body_bytes", Ranges.HELD_BYTES).orElse(fallback);
    if (held < maxBody) {
      section.report(
          "max_held_body_bytes", held + " is below listen.max_body_bytes, which is " + maxBody);
      return fallback;
    }
    return held;
  }

  private static AdminConfig admin(Section section, Overrides overrides, ListenConfig listen) {
    AdminConfig defaults = AdminConfig.defaults();
    OptionalLong port = section.integer("port", Ranges.PORT);
    AdminConfig admin =
        new AdminConfig(
            section.text("host").orElse(defaults.host()),
            overrides.adminPort().orElse((int) port.orElse(defaults.port())),
            section.secret("token"));
    if (admin.clashesWith(listen)) {
      section.report("port", admin.port() + " is the port of listen, on the same host");
      return admin.withPort(0);
    }
    return admin;
  }

  private static Optional<Path> dataDir(Section root) {
    try {
      return root.text("data_dir").map(Path::of);
    } catch (InvalidPathException e) {
      root.report("data_dir", "is not a path");
      return Optional.empty();
    }
  }

  private static TimeoutConfig timeouts(Section section) {
    TimeoutConfig defaults = TimeoutConfig.defaults();
    TimeoutConfig firstByte =
        section.section(
            "first_byte",
            inner ->
                defaults.withFirstByte(
                    timeout(inner, "stream", defaults.firstByteStream()),
                    timeout(inner, "other", defaults.firstByteOther())));
    return new TimeoutConfig(
        timeout(section, "connect", defaults.connect()),
        firstByte.firstByteStream(),
        firstByte.firstByteOther(),
        timeout(section, "idle", defaults.idle()),
        timeout(section, "send", defaults.send()),
        timeout(section, "request_head", defaults.requestHead()),
        timeout(section, "request_body", defaults.requestBody()),
        timeout(section, "keep_alive", defaults.keepAlive()),
        timeout(section, "drain", defaults.drain()));
  }

  private static Duration timeout(Section section, String key, Duration otherwise) {
    return section.duration(key, Ranges.SHORTEST_TIMEOUT, Ranges.LONGEST_TIMEOUT).orElse(otherwise);
  }

  private static OptionalInt sumOfSeats(List<UpstreamConfig> upstreams) {
    if (upstreams.isEmpty() || upstreams.stream().anyMatch(one -> one.maxSeats().isEmpty())) {
      return OptionalInt.empty();
    }
    long sum = upstreams.stream().mapToLong(one -> one.maxSeats().getAsInt()).sum();
    return OptionalInt.of((int) Math.min(sum, LimitConfig.SEATS.max()));
  }

  private static IdentityConfig identity(Section section, TierConfig tiers) {
    Set<Sha256> seen = new HashSet<>();
    return new IdentityConfig(
        section.items("api_keys", item -> ApiKeyReader.read(item, tiers, seen)),
        (int)
            section
                .integer("max_subscribers", Ranges.SUBSCRIBERS)
                .orElse(IdentityConfig.none().maxSubscribers()));
  }
}
