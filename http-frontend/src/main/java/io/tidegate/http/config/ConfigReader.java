package io.tidegate.http.config;

import io.tidegate.http.config.access.AccessLogConfig;
import io.tidegate.http.config.admission.FeatureReader;
import io.tidegate.http.config.admission.SessionReader;
import io.tidegate.http.config.admission.TierConfig;
import io.tidegate.http.config.admission.TierReader;
import io.tidegate.http.config.admission.limit.LimitConfig;
import io.tidegate.http.config.admission.limit.LimitReader;
import io.tidegate.http.config.identity.IdentityReader;
import io.tidegate.http.config.listen.AdminConfig;
import io.tidegate.http.config.listen.AdminReader;
import io.tidegate.http.config.listen.BodyConfig;
import io.tidegate.http.config.listen.HealthConfig;
import io.tidegate.http.config.listen.ListenConfig;
import io.tidegate.http.config.listen.ListenReader;
import io.tidegate.http.config.signup.SignupReader;
import io.tidegate.http.config.trace.TracingConfig;
import io.tidegate.http.config.transport.TransportConfig;
import io.tidegate.http.config.upstream.TimeoutReader;
import io.tidegate.http.config.upstream.UpstreamConfig;
import io.tidegate.http.config.upstream.UpstreamReader;
import io.tidegate.http.config.yaml.Section;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Which keys there are and what they mean: the file's sections, each read into its record. */
final class ConfigReader {

  private ConfigReader() {}

  /** Reads everything; what is wrong is reported and replaced by its default. */
  static GateConfig read(Section root, Overrides overrides) {
    GateConfig defaults = GateConfig.defaults();
    ListenConfig listen =
        root.section("listen", section -> ListenReader.read(section, overrides.port()));
    Optional<HealthConfig> health = AdminReader.health(root);
    AdminConfig admin =
        root.section(
            "admin", section -> AdminReader.read(section, overrides.adminPort(), listen, health));
    List<UpstreamConfig> upstreams = UpstreamReader.read(root, overrides.upstreams());
    TierConfig tiers = TierReader.read(root);
    Path dataDir = overrides.dataDir().orElse(dataDir(root).orElse(defaults.dataDir()));
    return new GateConfig(
        listen,
        admin,
        dataDir,
        upstreams,
        root.section("timeouts", TimeoutReader::read),
        LimitReader.read(root, sumOfSeats(upstreams)),
        tiers,
        root.section("sessions", SessionReader::read),
        FeatureReader.read(root, tiers),
        root.section("bodies", BodyConfig::read),
        root.section("identity", section -> IdentityReader.read(section, tiers)),
        root.section("transport", TransportConfig::read),
        SignupReader.read(root, tiers.names(), dataDir),
        root.section("access_log", AccessLogConfig::read),
        root.section("tracing", TracingConfig::read),
        root.tree("pekko"));
  }

  private static Optional<Path> dataDir(Section root) {
    try {
      return root.text("data_dir").map(Path::of);
    } catch (InvalidPathException e) {
      root.report("data_dir", "is not a path");
      return Optional.empty();
    }
  }

  private static OptionalInt sumOfSeats(List<UpstreamConfig> upstreams) {
    if (upstreams.isEmpty() || upstreams.stream().anyMatch(one -> one.maxSeats().isEmpty())) {
      return OptionalInt.empty();
    }
    long sum = upstreams.stream().mapToLong(one -> one.maxSeats().getAsInt()).sum();
    return OptionalInt.of((int) Math.min(sum, LimitConfig.SEATS.max()));
  }
}
