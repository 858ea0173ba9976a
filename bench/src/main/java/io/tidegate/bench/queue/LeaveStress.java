package io.tidegate.bench.queue;

import io.tidegate.engine.admission.Admission.Waiting;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.gate.Gate;
import io.tidegate.engine.queue.RequestQueue;
import io.tidegate.engine.queue.WaitSettings;
import io.tidegate.engine.queue.Wake;
import io.tidegate.engine.tier.TierTable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A client leaves the queue while the owner hands it the seat that has come back. Whoever is
 * faster, the seat is free afterwards, and nobody waits.
 *
 * <p>Run: {@code bench/jcstress}.
 */
@JCStressTest
@org.openjdk.jcstress.annotations.Outcome(
    id = "0, 0",
    expect = Expect.ACCEPTABLE,
    desc = "The seat is free, and nobody waits.")
@org.openjdk.jcstress.annotations.Outcome(
    expect = Expect.FORBIDDEN,
    desc = "The seat was lost or came back twice, or a waiting bit was left behind.")
@State
public class LeaveStress {
  private static final TierTable TIERS = TierTable.defaults();
  private static final WaitSettings WAITS = WaitSettings.defaults(TIERS);
  private static final long NOW_NANOS = 0;

  private final Wake wake = new Wake();
  private final Gate gate = new Gate(TIERS, 1, 0, NOW_NANOS, wake);
  private final RequestQueue queue = new RequestQueue(gate, TIERS, WAITS, () -> NOW_NANOS, wake);
  private final Waiter holder = new Waiter(gate, TIERS.classes().get(0));
  private final Waiting waiting;

  public LeaveStress() {
    if (!gate.take(holder.serviceClass(), 1, NOW_NANOS)) {
      throw new IllegalStateException("the only seat was not free");
    }
    waiting = (Waiting) queue.enter(new Waiter(gate, holder.serviceClass()), NOW_NANOS);
  }

  @Actor
  public void clientLeaves() {
    waiting.ticket().leave();
  }

  @Actor
  public void seatComesBack() {
    holder.complete(Outcome.SERVED);
    queue.drain(NOW_NANOS);
  }

  @Arbiter
  public void after(II_Result result) {
    if (wake.answered()) {
      queue.drain(NOW_NANOS);
    }
    result.r1 = gate.inflightSeats();
    result.r2 = gate.anybodyWaiting() ? 1 : 0;
  }
}
