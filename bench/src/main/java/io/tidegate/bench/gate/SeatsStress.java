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
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * What two threads may make of a gate's seats and their limit.
 *
 * <p>Run: {@code bench/jcstress}.
 */
public final class SeatsStress {
  private static final TierTable TIERS = TierTable.defaults();
  private static final ServiceClass BEST = TIERS.classes().get(0);
  private static final ServiceClass WORST = TIERS.classes().get(TIERS.classes().size() - 1);
  private static final long NOW_NANOS = 0;

  private SeatsStress() {}

  private static Gate gate(int limitSeats) {
    return new Gate(TIERS, limitSeats, 0, NOW_NANOS, () -> {});
  }

  private static int took(Gate gate) {
    return gate.take(BEST, 1, NOW_NANOS) ? 1 : 0;
  }

  /** Two who each take a seat and give it back. */
  @JCStressTest
  @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "Every seat came back once.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "A release was lost, or counted twice.")
  @State
  public static class NoReleaseIsLost {
    private final Gate gate = gate(2);

    @Actor
    public void one() {
      gate.take(BEST, 1, NOW_NANOS);
      gate.release(1, 1);
    }

    @Actor
    public void other() {
      gate.take(BEST, 1, NOW_NANOS);
      gate.release(1, 1);
    }

    @Arbiter
    public void after(I_Result result) {
      result.r1 = gate.inflightSeats();
    }
  }

  /** Two who want the last seat. */
  @JCStressTest
  @Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "The first has it.")
  @Outcome(id = "0, 1, 1", expect = Expect.ACCEPTABLE, desc = "The second has it.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Both have it, or nobody.")
  @State
  public static class OneSeatForOne {
    private final Gate gate = gate(1);

    @Actor
    public void one(III_Result result) {
      result.r1 = took(gate);
    }

    @Actor
    public void other(III_Result result) {
      result.r2 = took(gate);
    }

    @Arbiter
    public void after(III_Result result) {
      result.r3 = gate.inflightSeats();
    }
  }

  /** One asks while the limit falls from two seats to one; another asks after it has fallen. */
  @JCStressTest
  @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The one seat left went to the first.")
  @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The one seat left went to the second.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Let in above the limit, or kept out below it.")
  @State
  public static class LimitFalls {
    private final Gate gate = gate(2);

    @Actor
    public void asksMeanwhile(II_Result result) {
      result.r1 = took(gate);
    }

    @Actor
    public void asksAfterTheFall(II_Result result) {
      gate.publish(1, 0);
      result.r2 = took(gate);
    }
  }

  /** Limit and reserve go from 2 and 0 to 10 and 3: the worst class's cap from 2 to 7. */
  @JCStressTest
  @Outcome(id = "2, 2", expect = Expect.ACCEPTABLE, desc = "Both looks came before.")
  @Outcome(id = "2, 7", expect = Expect.ACCEPTABLE, desc = "One look came before, one after.")
  @Outcome(id = "7, 7", expect = Expect.ACCEPTABLE, desc = "Both looks came after.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Halves of two decisions, or back to the old one.")
  @State
  public static class LimitAndReserveAreOne {
    private final Gate gate = gate(2);

    @Actor
    public void publishes() {
      gate.publish(10, 3);
    }

    @Actor
    public void looks(II_Result result) {
      result.r1 = gate.capOf(WORST);
      result.r2 = gate.capOf(WORST);
    }
  }
}
