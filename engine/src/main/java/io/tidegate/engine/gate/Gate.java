package io.tidegate.engine.gate;

import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.Admission.Admitted;
import io.tidegate.engine.admission.Admission.Refused;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.telemetry.Counters;
import io.tidegate.engine.telemetry.LatencyRecorders;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import java.util.OptionalInt;
import org.agrona.concurrent.NanoClock;

/**
 * Hands out the seats: decides on the caller's thread whether a request is let in.
 *
 * <p>A class is let in while the seats held and its own stay within its cap, and no {@link Latch}
 * keeps it out. The cap is the limit for the best tier, and the limit less the reserve for all
 * others. A request larger than its cap can never fit; it is refused without a stamp, or it would
 * keep worse classes out for nothing.
 *
 * <p><b>Threading:</b> any thread, for all methods.
 *
 * <p><b>Progress:</b> lock-free. Undisturbed, an admission is one compare-and-set of the seats
 * held, a release one addition; a failed compare-and-set means that somebody else's succeeded.
 *
 * <p><b>Ordering:</b> the seats held are one volatile word, so no two admissions can share a seat.
 * A refuser stamps the latch, and only then looks at the word again: a seat given back before that
 * look is seen, and is taken if it suffices. The books are written before the word is released, so
 * whoever sees all seats free sees all books closed.
 *
 * <p><b>Source:</b> seats as in Kubernetes' API Priority and Fairness; strict classes with a
 * hold-back as in the flow control of the llm-d router.
 */
public final class Gate {
  private static final int INFLIGHT = 0;
  private static final int MEAN_HELD = 1;
  private static final int WORDS = 2;

  // Of this many requests the mean time a seat is held remembers the last.
  private static final int MEAN_OVER = 32;
  private static final long LATCH_MILLIS = Latch.HOLD_NANOS / 1_000_000;

  private final PaddedLongs words = new PaddedLongs(WORDS);
  private final Latch latch;
  private final Refusals refusals;
  private final Tier best;
  private final int limitSeats;
  private final int reserveSeats;
  private final Counters counters;
  private final LatencyRecorders latencies;
  private final NanoClock clock;

  /**
   * A gate with all its seats free.
   *
   * @param limitSeats the ceiling of inflight seats; empty: as many as an int counts
   * @param reserveSeats the seats of the limit that only the best tier may take
   * @param clock tells when a permit ends; decisions are handed their time
   */
  public Gate(
      TierTable tiers,
      OptionalInt limitSeats,
      int reserveSeats,
      Counters counters,
      LatencyRecorders latencies,
      NanoClock clock) {
    this.latch = new Latch(tiers.classes().size(), clock.nanoTime());
    this.refusals = new Refusals(tiers);
    this.best = tiers.best();
    this.limitSeats = limitSeats.orElse(Integer.MAX_VALUE);
    this.reserveSeats = reserveSeats;
    this.counters = counters;
    this.latencies = latencies;
    this.clock = clock;
    counters.ceiling(limitSeats.orElse(0), reserveSeats);
  }

  /** Decides on a request of that class and cost. */
  public Admission admit(ServiceClass asking, int seats, long nowNanos) {
    counters.offered(asking.tier());
    int cap = asking.tier().equals(best) ? limitSeats : limitSeats - reserveSeats;
    if (seats > cap) {
      return refuse(asking, RefusalReason.NO_ROOM, RetryAfter.MAX_MILLIS);
    }
    if (take(asking, seats, cap, nowNanos)) {
      return admitted(asking, seats, nowNanos);
    }
    latch.stamp(asking, nowNanos);
    if (take(asking, seats, cap, nowNanos)) {
      return admitted(asking, seats, nowNanos);
    }
    return refuse(asking, RefusalReason.NO_ROOM, retryAfterMillis(asking, cap, nowNanos));
  }

  /**
   * Refuses for a reason that is not the gate's own; counted, but neither a seat nor a stamp moves.
   *
   * @param retryAfterMillis rounded up to a quarter of a second, and taken as 30 s if longer
   */
  public Refused turnAway(ServiceClass asking, RefusalReason reason, long retryAfterMillis) {
    counters.offered(asking.tier());
    return refuse(asking, reason, retryAfterMillis);
  }

  /** Seats held now. */
  public long inflightSeats() {
    return words.get(INFLIGHT);
  }

  /** Whether the class is kept out because a better one was just refused for want of room. */
  public boolean latched(ServiceClass asking, long nowNanos) {
    return latch.holds(asking, nowNanos);
  }

  void firstToken(Tier tier, long nanos) {
    latencies.firstToken(tier, nanos);
  }

  void release(Tier tier, int seats, long admittedNanos, Outcome outcome) {
    counters.completed(tier, outcome, seats);
    noteHeld(clock.nanoTime() - admittedNanos);
    words.add(INFLIGHT, -seats);
  }

  private boolean take(ServiceClass asking, int seats, int cap, long nowNanos) {
    long inflight = words.get(INFLIGHT);
    while (inflight + seats <= cap && !latch.holds(asking, nowNanos)) {
      if (words.compareAndSet(INFLIGHT, inflight, inflight + seats)) {
        return true;
      }
      inflight = words.get(INFLIGHT);
    }
    return false;
  }

  private Admitted admitted(ServiceClass asking, int seats, long nowNanos) {
    counters.admitted(asking.tier(), seats);
    return new Admitted(new SeatPermit(this, asking, seats, nowNanos), asking, 0);
  }

  private Refused refuse(ServiceClass asking, RefusalReason reason, long retryAfterMillis) {
    counters.refused(asking.tier(), reason);
    return refusals.of(asking, reason, retryAfterMillis);
  }

  private long retryAfterMillis(ServiceClass asking, int cap, long nowNanos) {
    long least = asking.rank() == 0 ? RetryAfter.QUARTER_MILLIS : LATCH_MILLIS;
    return RetryAfter.millis(words.getOpaque(MEAN_HELD), words.get(INFLIGHT), cap, least, nowNanos);
  }

  /** Two releases at once may lose one of their times: an estimate can bear that. */
  private void noteHeld(long nanos) {
    long mean = words.getOpaque(MEAN_HELD);
    words.setOpaque(MEAN_HELD, mean == 0 ? nanos : mean + (nanos - mean) / MEAN_OVER);
  }
}
