package io.tidegate.engine.gate;

import io.tidegate.engine.admission.Admission.Refused;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import java.util.concurrent.TimeUnit;

/**
 * Hands out the seats.
 *
 * <p>A class is let in while nobody of its own or a better class waits, the seats held and its own
 * stay within its cap, and no {@link Latch} keeps it out. The cap is the limit for the best tier,
 * and the limit less the reserve for all others.
 *
 * <p>One word holds the seats taken and who waits, so that the two are read and changed together; a
 * second one limit and reserve, written in one go ({@link SeatWords}).
 *
 * <p><b>Threading:</b> any thread, except {@link #takeForHead} and {@link #nobodyWaits}, which
 * belong to the owner of the queue.
 *
 * <p><b>Progress:</b> lock-free. Undisturbed, an admission is one compare-and-set, a release one
 * addition; a failed compare-and-set means that somebody else's change succeeded.
 *
 * <p><b>Ordering:</b> both words and the latch's stamps are volatile, hence in one total order. No
 * two admissions can share a seat. Whoever gives a seat back learns from the same operation whether
 * somebody waits, and whoever begins to wait does so by a change of that word which fails if a seat
 * came back meanwhile: so one of the two always acts. The same holds between {@link #publish} and
 * {@link #takeOrWait}: each writes its own word first and then reads the other's.
 *
 * <p><b>Source:</b> seats as in Kubernetes' API Priority and Fairness; strict classes with a
 * hold-back as in the flow control of the llm-d router.
 */
public final class Gate {
  private static final int SEATS = 0;
  private static final int CEILING = 1;
  private static final int WORDS = 2;

  private static final long CROWDED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LATCH_MILLIS = Latch.HOLD_NANOS / 1_000_000;

  private final PaddedLongs words = new PaddedLongs(WORDS);
  private final Latch latch;
  private final Refusals refusals;
  private final HeldTime held = new HeldTime();
  private final EarlyComers earlyComers = new EarlyComers();
  private final Tier best;
  private final Runnable wakeQueue;

  /**
   * A gate with all its seats free.
   *
   * @param limitSeats the ceiling of inflight seats; {@link Integer#MAX_VALUE}: nobody is refused
   * @param reserveSeats the seats of the limit that only the best tier may take
   * @param wakeQueue called when somebody waits and a seat came free, on the thread that gave it
   *     back; it must not take long
   */
  public Gate(
      TierTable tiers, int limitSeats, int reserveSeats, long nowNanos, Runnable wakeQueue) {
    this(GateSettings.defaults(), tiers, limitSeats, reserveSeats, nowNanos, wakeQueue);
  }

  /** The same with other settings. */
  public Gate(
      GateSettings settings,
      TierTable tiers,
      int limitSeats,
      int reserveSeats,
      long nowNanos,
      Runnable wakeQueue) {
    this.latch = new Latch(tiers.classes().size(), settings.latch(), nowNanos);
    this.refusals = new Refusals(tiers);
    this.best = tiers.best();
    this.wakeQueue = wakeQueue;
    words.set(CEILING, SeatWords.ceiling(limitSeats, reserveSeats));
  }

  /** Whether a request would be let in now. Changes nothing. */
  public boolean hasRoom(ServiceClass asking, int seats, long nowNanos) {
    return admissible(words.get(SEATS), words.get(CEILING), asking, seats, nowNanos);
  }

  /** Takes the seats if the class is let in. */
  public boolean take(ServiceClass asking, int seats, long nowNanos) {
    while (true) {
      long word = words.get(SEATS);
      if (!admissible(word, words.get(CEILING), asking, seats, nowNanos)) {
        return false;
      }
      if (words.compareAndSet(SEATS, word, word + seats)) {
        return true;
      }
    }
  }

  /**
   * Takes the seats if the class is let in, and otherwise notes that somebody of it waits. The
   * request must be in the queue's hands before.
   *
   * @return whether the seats were taken
   */
  public boolean takeOrWait(ServiceClass asking, int seats, long nowNanos) {
    while (true) {
      long ceiling = words.get(CEILING);
      long word = words.get(SEATS);
      boolean admissible = admissible(word, ceiling, asking, seats, nowNanos);
      long next = admissible ? word + seats : word | SeatWords.waitingBit(asking);
      if (next == word || words.compareAndSet(SEATS, word, next)) {
        if (!admissible && words.get(CEILING) != ceiling) {
          wakeQueue.run(); // raised meanwhile, by somebody who may not have seen the bit
        }
        return admissible;
      }
    }
  }

  /**
   * Takes the seats for the first in line of a class, unless somebody of a better class waits: they
   * may have come while the queue's owner was on its way down.
   */
  public boolean takeForHead(ServiceClass waiting, int seats, long nowNanos) {
    while (true) {
      long word = words.get(SEATS);
      if (SeatWords.anybodyBetter(word, waiting)
          || !fits(word, words.get(CEILING), waiting, seats)
          || latch.holds(waiting, nowNanos)) {
        return false;
      }
      if (words.compareAndSet(SEATS, word, word + seats)) {
        return true;
      }
    }
  }

  /**
   * Notes that nobody of a class waits any more. The queue's owner looks at what came in once more
   * afterwards, and calls {@link #somebodyWaits} if that is somebody of this class. Once the queue
   * has closed, anybody may call it: nobody waits then.
   */
  public void nobodyWaits(ServiceClass of) {
    words.clearBits(SEATS, SeatWords.waitingBit(of));
  }

  /** Notes that somebody of a class waits. */
  public void somebodyWaits(ServiceClass of) {
    words.setBits(SEATS, SeatWords.waitingBit(of));
  }

  /**
   * Gives seats back, and wakes the queue if somebody waits.
   *
   * @param heldNanos how long they were held; feeds the estimate of when to come back
   */
  public void release(int seats, long heldNanos) {
    held.note(heldNanos);
    giveBack(seats);
  }

  /** Gives seats back that were taken but not used. */
  public void giveBack(int seats) {
    long before = words.getAndAdd(SEATS, -seats);
    if (SeatWords.anybodyWaits(before)) {
      wakeQueue.run();
    }
  }

  /** Sets limit and reserve, both at once; wakes the queue if somebody waits. */
  public void publish(int limitSeats, int reserveSeats) {
    words.set(CEILING, SeatWords.ceiling(limitSeats, reserveSeats));
    if (SeatWords.anybodyWaits(words.get(SEATS))) {
      wakeQueue.run();
    }
  }

  /** Notes that a class was refused for want of room. */
  public void stamp(ServiceClass refused, long nowNanos) {
    latch.stamp(refused, nowNanos);
  }

  /**
   * The refusal of a request that there was no room for, whose subscriber is expected not to come
   * back before the time it tells.
   *
   * @param reason why there was none
   */
  public Refused refuseForRoom(
      ServiceClass asking, RefusalReason reason, String subscriber, long nowNanos) {
    long millis = estimateMillis(asking, nowNanos);
    earlyComers.sendAway(subscriber, asking, nowNanos, millis);
    return refusals.of(asking, reason, millis);
  }

  /** How long it may take until a request of that class is let in; at most 30 s. */
  public long estimateMillis(ServiceClass asking, long nowNanos) {
    long least = asking.rank() == 0 ? RetryAfter.QUARTER_MILLIS : LATCH_MILLIS;
    int cap = Math.max(1, capOf(asking));
    return RetryAfter.millis(held.nanos(), inflightSeats(), cap, least, nowNanos);
  }

  /** The refusal of a request that can never fit: it is told to stay away as long as anybody is. */
  public Refused refuseForSize(ServiceClass asking) {
    return refusals.of(asking, RefusalReason.NO_ROOM, RetryAfter.MAX_MILLIS);
  }

  /** A refusal for a reason that is not the gate's own. */
  public Refused refuse(ServiceClass asking, RefusalReason reason, long retryAfterMillis) {
    return refusals.of(asking, reason, retryAfterMillis);
  }

  /**
   * How much is left of the time that a subscriber was told to stay away, if they come early and
   * their class is being refused just now; else 0.
   *
   * <p>Without room that means within the last second. A free seat is denied only where the class
   * was refused within the last tenth of a second: then others stand in line for it who kept to
   * their time, and it is free for no longer than that.
   *
   * @param room whether there is room for the request
   */
  public long tooEarlyMillis(String subscriber, ServiceClass asking, boolean room, long nowNanos) {
    long lately = room ? CROWDED_NANOS : Latch.HOLD_NANOS;
    return latch.wasRefusedWithin(asking, lately, nowNanos)
        ? earlyComers.earlyMillis(subscriber, asking, nowNanos)
        : 0;
  }

  /** Seats held now. */
  public int inflightSeats() {
    return SeatWords.inflight(words.get(SEATS));
  }

  /** Whether a request waits in any class. */
  public boolean anybodyWaiting() {
    return SeatWords.anybodyWaits(words.get(SEATS));
  }

  /** The ceiling of inflight seats. */
  public int limitSeats() {
    return SeatWords.limit(words.get(CEILING));
  }

  /** The seats of the limit that only the best tier may take. */
  public int reserveSeats() {
    return SeatWords.reserve(words.get(CEILING));
  }

  /** The most inflight seats under which a class is let in. */
  public int capOf(ServiceClass asking) {
    return cap(words.get(CEILING), asking);
  }

  /** Whether the class is kept out because a better one was just refused for want of room. */
  public boolean latched(ServiceClass asking, long nowNanos) {
    return latch.holds(asking, nowNanos);
  }

  private boolean admissible(
      long word, long ceiling, ServiceClass asking, int seats, long nowNanos) {
    return !SeatWords.anybodyAhead(word, asking)
        && fits(word, ceiling, asking, seats)
        && !latch.holds(asking, nowNanos);
  }

  private boolean fits(long word, long ceiling, ServiceClass asking, int seats) {
    return (long) SeatWords.inflight(word) + seats <= cap(ceiling, asking);
  }

  private int cap(long ceiling, ServiceClass asking) {
    int limit = SeatWords.limit(ceiling);
    return asking.tier().index() == best.index() ? limit : limit - SeatWords.reserve(ceiling);
  }
}
