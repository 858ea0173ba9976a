package io.tidegate.http.config;

import io.tidegate.http.config.access.AccessLogConfig;
import io.tidegate.http.config.admission.FeatureConfig;
import io.tidegate.http.config.admission.SessionConfig;
import io.tidegate.http.config.admission.TierConfig;
import io.tidegate.http.config.admission.limit.LimitConfig;
import io.tidegate.http.config.identity.IdentityConfig;
import io.tidegate.http.config.listen.AdminConfig;
import io.tidegate.http.config.listen.BodyConfig;
import io.tidegate.http.config.listen.ListenConfig;
import io.tidegate.http.config.signup.PlanConfig;
import io.tidegate.http.config.signup.SignupConfig;
import io.tidegate.http.config.trace.TracingConfig;
import io.tidegate.http.config.transport.TransportConfig;
import io.tidegate.http.config.upstream.TimeoutConfig;
import io.tidegate.http.config.upstream.UpstreamConfig;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Everything a gate is started with. An instance is free of contradictions: whatever the file
 * reader would refuse cannot be constructed either.
 *
 * @param listen the data port
 * @param admin the admin port
 * @param dataDir where the gate keeps its files
 * @param upstreams the chat services, each name once
 * @param timeouts how long things may take
 * @param limit how many seats there are
 * @param tiers who goes first
 * @param sessions what holds a subscriber's requests together
 * @param features kinds of requests that cost more or are scarce, each name once
 * @param bodies how bodies of requests are looked into
 * @param identity who is known
 * @param transport how the data port's sockets are driven
 * @param signups what is sold, and where that is kept
 * @param accessLog whether each request leaves a line, and where
 * @param tracing whether each request leaves a span, and where spans are sent
 * @param pekko passed through to Pekko's own configuration, nested maps, lists and scalars
 */
public record GateConfig(
    ListenConfig listen,
    AdminConfig admin,
    Path dataDir,
    List<UpstreamConfig> upstreams,
    TimeoutConfig timeouts,
    LimitConfig limit,
    TierConfig tiers,
    SessionConfig sessions,
    List<FeatureConfig> features,
    BodyConfig bodies,
    IdentityConfig identity,
    TransportConfig transport,
    SignupConfig signups,
    AccessLogConfig accessLog,
    TracingConfig tracing,
    Map<String, Object> pekko) {

  public GateConfig {
    upstreams = List.copyOf(upstreams);
    features = List.copyOf(features);
    pekko = Collections.unmodifiableMap(new LinkedHashMap<>(pekko));
    if (admin.clashesWith(listen)) {
      throw new IllegalArgumentException(
          "admin.port: " + admin.port() + " is the port of listen, on the same host");
    }
    Set<String> names = new HashSet<>();
    for (UpstreamConfig upstream : upstreams) {
      if (!names.add(upstream.name())) {
        throw new IllegalArgumentException(
            "upstreams.name: `" + upstream.name() + "` appears twice");
      }
    }
    for (FeatureConfig feature : features) {
      if (!names.add("feature " + feature.name())) {
        throw new IllegalArgumentException("features: `" + feature.name() + "` appears twice");
      }
      if (!tiers.names().containsAll(feature.tiers())) {
        throw new IllegalArgumentException(
            "features.tiers: %s are not all tiers of %s".formatted(feature.tiers(), tiers.names()));
      }
    }
    for (PlanConfig plan : signups.plans()) {
      if (!tiers.names().contains(plan.name())) {
        throw new IllegalArgumentException(
            "signups: `" + plan.name() + "` is not a tier of " + tiers.names());
      }
    }
    identity
        .tiers()
        .filter(tier -> !tiers.names().contains(tier))
        .forEach(
            tier -> {
              throw new IllegalArgumentException(
                  "identity: `" + tier + "` is not a tier of " + tiers.names());
            });
  }

  /** What an empty file means: the loopback interface, three tiers, no upstream, no limit. */
  public static GateConfig defaults() {
    return new GateConfig(
        ListenConfig.defaults(),
        AdminConfig.defaults(),
        Path.of("data"),
        List.of(),
        TimeoutConfig.defaults(),
        LimitConfig.shadow(),
        TierConfig.defaults(),
        SessionConfig.defaults(),
        List.of(),
        BodyConfig.defaults(),
        IdentityConfig.none(),
        TransportConfig.defaults(),
        SignupConfig.none(),
        AccessLogConfig.off(),
        TracingConfig.off(),
        Map.of());
  }

  public GateConfig withListen(ListenConfig listen) {
    return with(draft -> draft.listen = listen);
  }

  public GateConfig withAdmin(AdminConfig admin) {
    return with(draft -> draft.admin = admin);
  }

  public GateConfig withDataDir(Path dataDir) {
    return with(draft -> draft.dataDir = dataDir);
  }

  public GateConfig withUpstreams(List<UpstreamConfig> upstreams) {
    return with(draft -> draft.upstreams = upstreams);
  }

  public GateConfig withTimeouts(TimeoutConfig timeouts) {
    return with(draft -> draft.timeouts = timeouts);
  }

  public GateConfig withLimit(LimitConfig limit) {
    return with(draft -> draft.limit = limit);
  }

  public GateConfig withTiers(TierConfig tiers) {
    return with(draft -> draft.tiers = tiers);
  }

  public GateConfig withSessions(SessionConfig sessions) {
    return with(draft -> draft.sessions = sessions);
  }

  public GateConfig withFeatures(List<FeatureConfig> features) {
    return with(draft -> draft.features = features);
  }

  public GateConfig withBodies(BodyConfig bodies) {
    return with(draft -> draft.bodies = bodies);
  }

  public GateConfig withIdentity(IdentityConfig identity) {
    return with(draft -> draft.identity = identity);
  }

  public GateConfig withTransport(TransportConfig transport) {
    return with(draft -> draft.transport = transport);
  }

  public GateConfig withSignups(SignupConfig signups) {
    return with(draft -> draft.signups = signups);
  }

  public GateConfig withAccessLog(AccessLogConfig accessLog) {
    return with(draft -> draft.accessLog = accessLog);
  }

  public GateConfig withTracing(TracingConfig tracing) {
    return with(draft -> draft.tracing = tracing);
  }

  public GateConfig withPekko(Map<String, Object> pekko) {
    return with(draft -> draft.pekko = pekko);
  }

  private GateConfig with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.config();
  }

  /** Without what Pekko is told, which may hold secrets. */
  @Override
  public String toString() {
    return "GateConfig"
        + List.of(
            listen, admin, dataDir, upstreams, timeouts, limit, tiers, sessions, features, bodies,
            identity, transport, signups, accessLog, tracing);
  }

  /** A configuration while one of its parts is changed. */
  private static final class Draft {
    private ListenConfig listen;
    private AdminConfig admin;
    private Path dataDir;
    private List<UpstreamConfig> upstreams;
    private TimeoutConfig timeouts;
    private LimitConfig limit;
    private TierConfig tiers;
    private SessionConfig sessions;
    private List<FeatureConfig> features;
    private BodyConfig bodies;
    private IdentityConfig identity;
    private TransportConfig transport;
    private SignupConfig signups;
    private AccessLogConfig accessLog;
    private TracingConfig tracing;
    private Map<String, Object> pekko;

    private Draft(GateConfig from) {
      listen = from.listen;
      admin = from.admin;
      dataDir = from.dataDir;
      upstreams = from.upstreams;
      timeouts = from.timeouts;
      limit = from.limit;
      tiers = from.tiers;
      sessions = from.sessions;
      features = from.features;
      bodies = from.bodies;
      identity = from.identity;
      transport = from.transport;
      signups = from.signups;
      accessLog = from.accessLog;
      tracing = from.tracing;
      pekko = from.pekko;
    }

    private GateConfig config() {
      return new GateConfig(
          listen, admin, dataDir, upstreams, timeouts, limit, tiers, sessions, features, bodies,
          identity, transport, signups, accessLog, tracing, pekko);
    }
  }
}
