package io.tidegate.bench.gate;

import io.tidegate.engine.gate.Gate;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.TierTable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Two threads of which each writes its own word of a gate and then reads the other's: at least one
 * of them must see the other.
 *
 * <p>Run: {@code bench/jcstress}.
 */
public final class MeetingStress {
  private static final TierTable TIERS = TierTable.defaults();
  private static final ServiceClass BEST = TIERS.classes().get(0);
  private static final ServiceClass WORST = TIERS.classes().get(TIERS.classes().size() - 1);
  private static final long NOW_NANOS = 0;

  private MeetingStress() {}

  private static int asInt(boolean yes) {
    return yes ? 1 : 0;
  }

  /** A gate whose only seat is taken, and that notes whether the queue was woken. */
  private static class FullGate {
    private volatile boolean woken;
    final Gate gate = new Gate(TIERS, 1, 0, NOW_NANOS, () -> woken = true);

    FullGate() {
      if (!gate.take(BEST, 1, NOW_NANOS)) {
        throw new IllegalStateException("the only seat was not free");
      }
    }

    int woken() {
      return asInt(woken);
    }
  }

  /** A refuser stamps the latch and looks once more; a seat comes back, and a worse class asks. */
  @JCStressTest
  @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The refuser found the seat.")
  @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The worse class found the latch.")
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Each saw the other.")
  @Outcome(
      expect = Expect.FORBIDDEN,
      desc = "The better one is refused, and the worse one gets on.")
  @State
  public static class LatchOrSeat extends FullGate {
    @Actor
    public void refuses(II_Result result) {
      gate.stamp(BEST, NOW_NANOS);
      result.r1 = asInt(gate.hasRoom(BEST, 1, NOW_NANOS));
    }

    @Actor
    public void asks(II_Result result) {
      gate.giveBack(1);
      result.r2 = asInt(gate.latched(WORST, NOW_NANOS));
    }
  }

  /** One begins to wait while the seat comes back. */
  @JCStressTest
  @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "Whoever asked took the seat.")
  @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "Waits, and the queue was woken.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Waits beside a free seat, and nobody was woken.")
  @State
  public static class WaitOrSeat extends FullGate {
    @Actor
    public void asks(II_Result result) {
      result.r1 = asInt(gate.takeOrWait(BEST, 1, NOW_NANOS));
    }

    @Actor
    public void leaves() {
      gate.giveBack(1);
    }

    @Arbiter
    public void after(II_Result result) {
      result.r2 = woken();
    }
  }

  /** One begins to wait while the limit rises. */
  @JCStressTest
  @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "Whoever asked took the new seat.")
  @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "Waits, and the queue was woken.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Waits beside a free seat, and nobody was woken.")
  @State
  public static class WaitOrLimit extends FullGate {
    @Actor
    public void asks(II_Result result) {
      result.r1 = asInt(gate.takeOrWait(BEST, 1, NOW_NANOS));
    }

    @Actor
    public void rises() {
      gate.publish(2, 0);
    }

    @Arbiter
    public void after(II_Result result) {
      result.r2 = woken();
    }
  }
}
