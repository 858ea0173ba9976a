package io.tidegate.engine.gate;

import io.tidegate.engine.Engine;
import io.tidegate.engine.EngineSettings;
import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.Permit;
import io.tidegate.engine.telemetry.TierSnapshot;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.TierTable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** An engine of which the gate is what matters, with a clock that stands still until moved. */
public final class GateFixture {
  final TierTable tiers;
  final Engine engine;

  /** Close to overflow, as a monotonic clock may be. Not moved while threads share the gate. */
  long nowNanos = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(2);

  private final AtomicLong strangers = new AtomicLong();

  GateFixture(EngineSettings settings) {
    this.tiers = settings.tiers();
    this.engine = Engine.stepped(settings, () -> nowNanos, () -> 0);
  }

  GateFixture(TierTable tiers, int limit, int reserve) {
    this(EngineSettings.of(tiers).withLimit(limit, reserve));
  }

  GateFixture(int limit, int reserve) {
    this(TierTable.defaults(), limit, reserve);
  }

  ServiceClass opening(String tier) {
    return tiers.classOf(tiers.find(tier).orElseThrow(), ServiceClass.Kind.OPENING);
  }

  Subscriber subscriber(String tier) {
    return new Subscriber("s", tiers.find(tier).orElseThrow());
  }

  /** Somebody who has not been here before opens a session. */
  Admission ask(String tier, int seats) {
    Subscriber stranger =
        new Subscriber("stranger-" + strangers.incrementAndGet(), subscriber(tier).tier());
    return engine.admit(AdmissionRequest.of(stranger).withSeats(seats));
  }

  boolean admits(String tier) {
    return ask(tier, 1) instanceof Admission.Admitted;
  }

  /** Takes seats that must be free. */
  Permit take(String tier, int seats) {
    return ((Admission.Admitted) ask(tier, seats)).permit();
  }

  Admission.Refused refused(String tier, int seats) {
    return (Admission.Refused) ask(tier, seats);
  }

  boolean latched(String tier) {
    return engine.snapshot().latchedByClass().get(opening(tier));
  }

  void passMillis(long millis) {
    nowNanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  TierSnapshot books(String tier) {
    return engine.snapshot().tiers().get(subscriber(tier).tier().index());
  }

  static void serve(Permit permit) {
    permit.complete(Outcome.SERVED);
  }
}
