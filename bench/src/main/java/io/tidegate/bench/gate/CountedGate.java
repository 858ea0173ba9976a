package io.tidegate.bench.gate;

import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.gate.Gate;
import io.tidegate.engine.telemetry.counter.Counters;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.TierTable;
import java.util.List;
import java.util.stream.IntStream;

/** A gate and its counters, as the engine calls them, for requests of one class. */
final class CountedGate {
  // Moving it would cost what the gate's own benchmark leaves out.
  private static final long NOW_NANOS = 0;

  private final Gate gate;
  private final Counters counters;
  private final ServiceClass asking;

  private CountedGate(TierTable tiers, int seats, ServiceClass asking) {
    this.gate = new Gate(tiers, seats, 0, NOW_NANOS, () -> {});
    this.counters = Counters.inMemory(tiers);
    this.asking = asking;
  }

  /** A gate of so many tiers, asked by the best class. */
  static CountedGate ofBest(int tiers, int seats) {
    TierTable table = table(tiers);
    return new CountedGate(table, seats, table.classes().get(0));
  }

  /** A gate of so many tiers, asked by the worst class. */
  static CountedGate ofWorst(int tiers, int seats) {
    TierTable table = table(tiers);
    return new CountedGate(table, seats, table.classes().get(table.classes().size() - 1));
  }

  private static TierTable table(int tiers) {
    List<String> names = IntStream.range(0, tiers).mapToObj(each -> "tier" + each).toList();
    return TierTable.of(names, names);
  }

  /** Takes a seat and gives it back; says false if there was none. */
  boolean admitAndRelease() {
    if (!take()) {
      return false;
    }
    counters.completed(asking.tier(), Outcome.SERVED, 1, 1);
    gate.release(1, 1);
    return true;
  }

  /** Takes a seat for good; says false if there was none. */
  boolean take() {
    counters.offered(asking.tier(), 1);
    if (!gate.take(asking, 1, NOW_NANOS)) {
      return false;
    }
    counters.admitted(asking.tier(), 1);
    return true;
  }

  /** Looks for room, and refuses where there is none: in vain, stamped, and in vain once more. */
  Admission.Refused refuse() {
    counters.offered(asking.tier(), 1);
    if (gate.hasRoom(asking, 1, NOW_NANOS)) {
      throw new IllegalStateException("there is room");
    }
    gate.stamp(asking, NOW_NANOS);
    if (gate.hasRoom(asking, 1, NOW_NANOS)) {
      throw new IllegalStateException("there is room");
    }
    counters.refused(asking.tier(), RefusalReason.NO_ROOM);
    return gate.refuseForRoom(asking, RefusalReason.NO_ROOM, "s", NOW_NANOS);
  }
}
