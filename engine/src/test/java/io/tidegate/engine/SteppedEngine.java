package io.tidegate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.Admission.Admitted;
import io.tidegate.engine.admission.Admission.Refused;
import io.tidegate.engine.admission.Admission.Waiting;
import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.Permit;
import io.tidegate.engine.admission.Ticket;
import io.tidegate.engine.telemetry.TierSnapshot;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.ServiceClass.Kind;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An engine of the default tiers and its parts, with clocks that stand still until moved. */
final class SteppedEngine {
  static final TierTable TIERS = TierTable.defaults();

  final Engine engine;
  final Parts parts;

  /** Close to overflow, as a monotonic clock may be. */
  long nowNanos = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(2);

  long nowEpochMillis = 1_700_000_000_000L;

  SteppedEngine(EngineSettings settings) {
    parts = Parts.make(settings, () -> nowNanos, () -> nowEpochMillis);
    engine = Engine.stepped(parts);
    engine.step();
  }

  static Tier tier(String name) {
    return TIERS.find(name).orElseThrow();
  }

  static AdmissionRequest request(String subscriber, String tier) {
    return AdmissionRequest.of(new Subscriber(subscriber, tier(tier)));
  }

  Permit admitted(AdmissionRequest request) {
    Admission decision = engine.admit(request);
    assertThat(decision).isInstanceOf(Admitted.class);
    return ((Admitted) decision).permit();
  }

  Ticket waits(AdmissionRequest request) {
    Admission decision = engine.admit(request);
    assertThat(decision).isInstanceOf(Waiting.class);
    return ((Waiting) decision).ticket();
  }

  Refused refused(AdmissionRequest request) {
    Admission decision = engine.admit(request);
    assertThat(decision).isInstanceOf(Refused.class);
    return (Refused) decision;
  }

  void pass(long millis) {
    nowNanos += TimeUnit.MILLISECONDS.toNanos(millis);
    nowEpochMillis += millis;
    engine.step();
  }

  Map<ServiceClass, Boolean> latched() {
    return engine.snapshot().latchedByClass();
  }

  ServiceClass opening(String tier) {
    return TIERS.classOf(tier(tier), Kind.OPENING);
  }

  TierSnapshot books(String tier) {
    return engine.snapshot().tiers().get(tier(tier).index());
  }

  /** Nothing is held, nobody waits, no session is open, and the books balance. */
  void assertNothingIsLeft() {
    assertThat(engine.inflightSeats()).isZero();
    assertThat(engine.anybodyWaiting()).isFalse();
    for (TierSnapshot books : engine.snapshot().tiers()) {
      assertThat(books.inflightSeats()).isZero();
      assertThat(books.waiting()).isZero();
      assertThat(books.offered())
          .isEqualTo(books.admitted() + books.refusedTotal() + books.leftQueue());
      assertThat(books.admitted()).isEqualTo(books.completedTotal());
    }
  }
}
