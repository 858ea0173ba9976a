package io.tidegate.engine;

import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.gate.Gate;
import io.tidegate.engine.telemetry.Counters;
import io.tidegate.engine.telemetry.CutCause;
import io.tidegate.engine.telemetry.EngineSnapshot;
import io.tidegate.engine.telemetry.LatencyRecorders;
import io.tidegate.engine.telemetry.TierSnapshot;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.TierTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemEpochClock;

/**
 * Decides which requests are let in: the one type of the engine that an outsider constructs.
 *
 * <p>Every decision is made on the caller's thread without a lock, and a refusal allocates nothing.
 * Safe to use from any thread.
 */
public final class Engine implements AutoCloseable {
  // Whoever replaces this gate is not far: the shortest time that keeps clients from hammering.
  private static final long DRAINING_RETRY_MILLIS = 1_000;

  private final EngineSettings settings;
  private final NanoClock clock;
  private final Counters counters;
  private final LatencyRecorders latencies;
  private final Gate gate;
  private volatile boolean draining;

  private Engine(EngineSettings settings, NanoClock clock) throws IOException {
    TierTable tiers = settings.tiers();
    this.settings = settings;
    this.clock = clock;
    this.counters =
        Counters.create(settings.countersFile(), tiers, SystemEpochClock.INSTANCE.time());
    this.latencies = new LatencyRecorders(tiers);
    this.gate =
        new Gate(tiers, settings.limitSeats(), settings.reserveSeats(), counters, latencies, clock);
  }

  /**
   * Starts an engine. Makes the counters file anew, and its folder where that is missing.
   *
   * @throws UncheckedIOException if the disk does not let it
   */
  public static Engine start(EngineSettings settings) {
    return start(settings, System::nanoTime);
  }

  static Engine start(EngineSettings settings, NanoClock clock) {
    try {
      return new Engine(settings, clock);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot make the counters file " + settings.countersFile() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Decides on one request, without waiting for anybody.
   *
   * @throws IllegalArgumentException if the subscriber's tier is not of this engine's table; such a
   *     request is not counted
   */
  public Admission admit(AdmissionRequest request) {
    long startNanos = clock.nanoTime();
    ServiceClass asking = classOf(request.subscriber());
    Admission decision =
        draining
            ? gate.turnAway(asking, RefusalReason.DRAINING, DRAINING_RETRY_MILLIS)
            : gate.admit(asking, request.seats(), startNanos);
    latencies.decision(clock.nanoTime() - startNanos);
    return decision;
  }

  /**
   * Refuses for a reason that the caller has found, and counts the request as offered and refused,
   * so that the books balance. For a request that was not admitted before.
   *
   * @param retryAfterMillis rounded up to a quarter of a second, and taken as 30 s if longer
   * @throws IllegalArgumentException if the time is negative, or the subscriber's tier is not of
   *     this engine's table; such a request is not counted
   */
  public Admission.Refused turnAway(
      Subscriber subscriber, RefusalReason reason, long retryAfterMillis) {
    if (retryAfterMillis < 0) {
      throw new IllegalArgumentException(
          "nobody can come back in the past: " + retryAfterMillis + " ms");
    }
    return gate.turnAway(classOf(subscriber), reason, retryAfterMillis);
  }

  /** From now on every request is refused; those that run are left alone. */
  public void drain() {
    draining = true;
  }

  /** Whether every request is refused because the engine is going away. */
  public boolean draining() {
    return draining;
  }

  /** Seats held now, by all tiers. */
  public long inflightSeats() {
    return gate.inflightSeats();
  }

  /** The tiers this engine tells apart. */
  public TierTable tiers() {
    return settings.tiers();
  }

  /** The state of everything at this moment, for people and metrics. */
  public EngineSnapshot snapshot() {
    long nowNanos = clock.nanoTime();
    List<TierSnapshot> tiers =
        tiers().tiers().stream()
            .map(tier -> counters.snapshotOf(tier, latencies.firstTokenSnapshot(tier)))
            .toList();
    Map<ServiceClass, Boolean> latched = new LinkedHashMap<>();
    for (ServiceClass each : tiers().classes()) {
      latched.put(each, gate.latched(each, nowNanos));
    }
    return new EngineSnapshot(
        tiers,
        gate.inflightSeats(),
        settings.limitSeats(),
        settings.reserveSeats(),
        Collections.unmodifiableMap(latched),
        latencies.decisionSnapshot(),
        streamsCut(tiers));
  }

  /**
   * Drains, and brings the counters to disk. Permits still out may be completed afterwards; the
   * mapped file is let go when nothing refers to the engine any more.
   */
  @Override
  public void close() {
    drain();
    counters.force();
  }

  private ServiceClass classOf(Subscriber subscriber) {
    return tiers().classOf(subscriber.tier(), ServiceClass.Kind.OPENING);
  }

  private static Map<CutCause, Long> streamsCut(List<TierSnapshot> tiers) {
    Map<CutCause, Long> cut = new EnumMap<>(CutCause.class);
    cut.put(
        CutCause.DRAIN, tiers.stream().mapToLong(tier -> tier.completed().get(Outcome.CUT)).sum());
    cut.put(CutCause.SHED, 0L);
    return Collections.unmodifiableMap(cut);
  }
}
