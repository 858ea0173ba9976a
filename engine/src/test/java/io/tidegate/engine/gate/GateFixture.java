package io.tidegate.engine.gate;

import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.Permit;
import io.tidegate.engine.telemetry.Counters;
import io.tidegate.engine.telemetry.LatencyRecorders;
import io.tidegate.engine.telemetry.TierSnapshot;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.TierTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** A gate with a clock that stands still until it is moved. */
final class GateFixture {
  final TierTable tiers;
  final Counters counters;
  final LatencyRecorders latencies;
  final Gate gate;

  /** Close to overflow, as a monotonic clock may be. Not moved while threads share the gate. */
  long nowNanos = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(2);

  GateFixture(Path folder, TierTable tiers, OptionalInt limit, int reserve) {
    try {
      this.tiers = tiers;
      this.counters = Counters.create(folder.resolve("counters"), tiers, 0);
      this.latencies = new LatencyRecorders(tiers);
      this.gate = new Gate(tiers, limit, reserve, counters, latencies, () -> nowNanos);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  GateFixture(Path folder, int limit, int reserve) {
    this(folder, TierTable.defaults(), OptionalInt.of(limit), reserve);
  }

  ServiceClass opening(String tier) {
    return tiers.classOf(tiers.find(tier).orElseThrow(), ServiceClass.Kind.OPENING);
  }

  Admission ask(String tier, int seats) {
    return gate.admit(opening(tier), seats, nowNanos);
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

  void passMillis(long millis) {
    nowNanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  TierSnapshot books(String tier) {
    ServiceClass of = opening(tier);
    return counters.snapshotOf(of.tier(), latencies.firstTokenSnapshot(of.tier()));
  }

  static void serve(Permit permit) {
    permit.complete(Outcome.SERVED);
  }
}
