package io.tidegate.engine.simulation;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.tier.ServiceClass.Kind;
import io.tidegate.engine.tier.TierTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A yardstick: a fixed limit and a queue by tier, the best first, in which everybody waits up to
 * five seconds; what a load balancer with priorities does.
 */
public final class StrictQueue implements Admissions {
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final TierTable tiers;
  private final int limitSeats;
  private final Decided decided;
  private final List<ArrayDeque<Turn>> byRank = new ArrayList<>();
  private int inflight;
  private int waiting;

  /** A queue before so many seats. */
  public StrictQueue(TierTable tiers, int limitSeats, Decided decided) {
    this.tiers = tiers;
    this.limitSeats = limitSeats;
    this.decided = decided;
    tiers.classes().forEach(each -> byRank.add(new ArrayDeque<>()));
  }

  @Override
  public void ask(Turn turn, long nowNanos) {
    // It cannot tell who continues a session: each tier is one class.
    turn.serviceClass = tiers.classOf(turn.conversation.subscriber.tier(), Kind.OPENING);
    byRank.get(turn.serviceClass.rank()).addLast(turn);
    waiting++;
    serve();
  }

  @Override
  public void firstToken(Turn turn, long nowNanos) {}

  @Override
  public void tokens(Turn turn, int count) {}

  @Override
  public void ended(Turn turn, Outcome outcome, long nowNanos) {
    inflight--;
    serve();
  }

  @Override
  public void step(long nowNanos) {
    for (ArrayDeque<Turn> queue : byRank) {
      while (!queue.isEmpty() && nowNanos - queue.getFirst().askedNanos >= LONGEST_NANOS) {
        waiting--;
        decided.refused(queue.removeFirst(), RefusalReason.QUEUE_TIMEOUT, StaticLimit.RETRY_MILLIS);
      }
    }
  }

  @Override
  public int inflightSeats() {
    return inflight;
  }

  @Override
  public int limitSeats() {
    return limitSeats;
  }

  @Override
  public boolean anybodyWaiting() {
    return waiting > 0;
  }

  private void serve() {
    for (ArrayDeque<Turn> queue : byRank) {
      while (inflight < limitSeats && !queue.isEmpty()) {
        waiting--;
        inflight++;
        decided.admitted(queue.removeFirst());
      }
    }
  }
}
