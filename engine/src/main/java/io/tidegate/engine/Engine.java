package io.tidegate.engine;

import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.telemetry.EngineSnapshot;
import io.tidegate.engine.telemetry.HistogramSnapshot;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.TierTable;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Decides which requests are let in: the one type an outsider constructs. */
public final class Engine implements AutoCloseable {
  private final EngineSettings settings;
  private volatile boolean draining;

  private Engine(EngineSettings settings) {
    this.settings = Objects.requireNonNull(settings, "settings");
  }

  /** Starts an engine; makes the counters file, and its folder where that is missing. */
  public static Engine start(EngineSettings settings) {
    return new Engine(settings);
  }

  /** Decides on one request, on the caller's thread and without waiting for anybody. */
  public Admission admit(AdmissionRequest request) {
    return turnAway(request.subscriber(), RefusalReason.NO_ROOM, 1_000);
  }

  /**
   * Refuses for a reason that the caller has found, so that the books balance: counts the request
   * as offered and refused.
   */
  public Admission.Refused turnAway(
      Subscriber subscriber, RefusalReason reason, long retryAfterMillis) {
    return new Admission.Refused(
        reason, tiers().classOf(subscriber.tier(), ServiceClass.Kind.OPENING), retryAfterMillis);
  }

  /** From now on every request is refused; those running are left alone. */
  public void drain() {
    draining = true;
  }

  /** Whether everybody is refused because the engine is shutting down. */
  public boolean draining() {
    return draining;
  }

  /** Seats held now. */
  public long inflightSeats() {
    return 0;
  }

  /** The tiers this engine tells apart. */
  public TierTable tiers() {
    return settings.tiers();
  }

  /** The state of everything, for people and metrics. */
  public EngineSnapshot snapshot() {
    return new EngineSnapshot(
        List.of(),
        0,
        settings.limitSeats(),
        settings.reserveSeats(),
        Map.of(),
        new HistogramSnapshot(List.of(), 0, 0),
        Map.of());
  }

  /** Refuses everybody from now on. */
  @Override
  public void close() {
    drain();
  }
}
