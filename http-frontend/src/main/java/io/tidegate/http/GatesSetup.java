package io.tidegate.http;

import io.tidegate.engine.signup.gate.GateKeeping;
import io.tidegate.engine.signup.watch.GateFiles;
import io.tidegate.engine.signup.watch.Gates;
import io.tidegate.engine.telemetry.EngineSnapshot;
import io.tidegate.http.config.GateConfig;
import io.tidegate.http.config.admission.NewSubscriberConfig;
import io.tidegate.http.config.signup.PlanConfig;
import java.util.Optional;
import java.util.function.Supplier;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/** The gates of the plans that a configuration sells. */
final class GatesSetup {
  private static final String BLOCKING = "pekko.actor.default-blocking-io-dispatcher";

  /** In the data directory, where there is no store. */
  private static final String FOLDER = "signups";

  private GatesSetup() {}

  /**
   * Starts them.
   *
   * @param keeping where they are kept; empty: in files
   */
  static Gates start(
      ActorSystem system,
      GateConfig config,
      Optional<GateKeeping> keeping,
      Supplier<EngineSnapshot> books) {
    return Gates.start(
        Adapter.toTyped(system),
        config.signups().plans().stream().map(PlanConfig::terms).toList(),
        config.tiers().newSubscribers().map(NewSubscriberConfig::tier),
        keeping.orElseGet(
            () ->
                new GateFiles(
                    config.dataDir().resolve(FOLDER), system.dispatchers().lookup(BLOCKING))),
        books,
        SystemNanoClock.INSTANCE,
        SystemEpochClock.INSTANCE);
  }
}
