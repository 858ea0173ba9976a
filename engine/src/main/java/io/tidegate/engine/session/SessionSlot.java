package io.tidegate.engine.session;

import io.tidegate.engine.admission.SessionKey;
import io.tidegate.engine.quota.account.Account;
import io.tidegate.engine.quota.account.ChargedSession;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One session: its state, how many of its requests are in progress, and when it was last used, all
 * in one word.
 *
 * <p>It is <i>opening</i> until its first request is admitted, then <i>open</i>. It is
 * <i>ending</i> once its client wants it closed but something is still in progress, and
 * <i>closed</i> for good at the end. A request that joins an ending session takes the wish to close
 * it back: its client evidently goes on.
 *
 * <p><b>Threading:</b> any thread, but for {@link #next}, which belongs to whichever list the slot
 * is in.
 *
 * <p><b>Progress:</b> lock-free.
 *
 * <p><b>Ordering:</b> every change is a volatile compare-and-set of the whole word. Exactly one
 * caller sees the step to open, and exactly one the step to closed, and does what follows from it.
 *
 * <p><b>Source:</b> none.
 */
final class SessionSlot implements ChargedSession {
  /** What a step changed, besides the counts. */
  enum Step {
    /** The session is closed, so the step did not happen. */
    TOO_LATE,
    /** Nothing else. */
    NOTHING,
    /** The session is open from now on. */
    OPENED,
    /** The session was open and is closed from now on. */
    CLOSED,
    /** The session was never open and is closed from now on. */
    ABANDONED
  }

  /** What a shard finds when it looks at a session. */
  enum Look {
    /** It was closed before. */
    GONE,
    /** Something is in progress. */
    BUSY,
    /** It was used less than the idle time-out ago. */
    FRESH,
    /** It was idle for too long, and this look closed it. */
    EXPIRED
  }

  // The word, from its low end: state 2 bits, tier 4, requests 18, last used 40 (34 years).
  private static final int STATE_MASK = 3;
  private static final int OPENING = 0;
  private static final int OPEN = 1;
  private static final int ENDING = 2;
  private static final int CLOSED = 3;
  private static final int TIER_SHIFT = 2;
  private static final int TIER_MASK = 15;
  private static final int REQUESTS_SHIFT = 6;
  private static final long ONE_REQUEST = 1L << REQUESTS_SHIFT;
  private static final long REQUESTS_MASK = ((1L << 18) - 1) << REQUESTS_SHIFT;
  private static final int USED_SHIFT = 24;
  private static final long LOW_MASK = (1L << USED_SHIFT) - 1;

  private static final VarHandle WORD;

  static {
    try {
      WORD = MethodHandles.lookup().findVarHandle(SessionSlot.class, "word", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final SessionKey key;
  private final Account account;
  private volatile long word;

  /** The slot behind this one in the list it is in; null at the end. */
  SessionSlot next;

  /** An opening session with one request in progress. */
  SessionSlot(SessionKey key, Account account, int tierIndex, long nowMillis) {
    this.key = key;
    this.account = account;
    this.word =
        (nowMillis << USED_SHIFT) | ONE_REQUEST | ((long) tierIndex << TIER_SHIFT) | OPENING;
  }

  SessionKey key() {
    return key;
  }

  /** Whose quota the session is charged to. */
  Account account() {
    return account;
  }

  /** Index of the tier the session is charged to. */
  int tierIndex() {
    return ((int) word >>> TIER_SHIFT) & TIER_MASK;
  }

  boolean isOpen() {
    return isOpen(word);
  }

  @Override
  public boolean isClosed() {
    return state(word) == CLOSED;
  }

  @Override
  public long idleSinceMillis() {
    long seen = word;
    return (seen & REQUESTS_MASK) != 0 ? Long.MAX_VALUE : seen >>> USED_SHIFT;
  }

  /** When the session was last used, in the milliseconds that callers count in. */
  long lastUsedMillis() {
    return word >>> USED_SHIFT;
  }

  /** Adds a request, unless the session is closed. */
  Step join() {
    while (true) {
      long seen = word;
      if (state(seen) == CLOSED || (seen & REQUESTS_MASK) == REQUESTS_MASK) {
        return Step.TOO_LATE;
      }
      long joined = seen + ONE_REQUEST;
      if (set(seen, state(seen) == ENDING ? withState(joined, OPEN) : joined)) {
        return Step.NOTHING;
      }
    }
  }

  /** A request of the session was admitted. */
  Step admitted() {
    while (true) {
      long seen = word;
      if (state(seen) != OPENING) {
        return Step.NOTHING;
      }
      if (set(seen, withState(seen, OPEN))) {
        return Step.OPENED;
      }
    }
  }

  /** A request goes that was never admitted; it leaves no trace. */
  Step left() {
    return takeOut(0);
  }

  /** An admitted request has ended. */
  Step ended(long nowMillis) {
    return takeOut(nowMillis);
  }

  /** The client wants it closed: at once, or when nothing is in progress any more. */
  Step end() {
    while (true) {
      long seen = word;
      if (!isOpen(seen)) {
        return Step.TOO_LATE;
      }
      boolean busy = (seen & REQUESTS_MASK) != 0;
      if (set(seen, withState(seen, busy ? ENDING : CLOSED))) {
        return busy ? Step.NOTHING : Step.CLOSED;
      }
    }
  }

  /** Closes it if it was last used so long ago. */
  Look look(long nowMillis, long idleMillis) {
    while (true) {
      long seen = word;
      if (state(seen) == CLOSED) {
        return Look.GONE;
      }
      if ((seen & REQUESTS_MASK) != 0) {
        return Look.BUSY;
      }
      if (nowMillis - (seen >>> USED_SHIFT) < idleMillis) {
        return Look.FRESH;
      }
      if (set(seen, withState(seen, CLOSED))) {
        return Look.EXPIRED;
      }
    }
  }

  private Step takeOut(long usedMillis) {
    while (true) {
      long seen = word;
      long without = seen - ONE_REQUEST;
      boolean last = (without & REQUESTS_MASK) == 0;
      if (last && state(seen) != OPEN) {
        without = withState(without, CLOSED);
      }
      long used = Math.max(usedMillis, seen >>> USED_SHIFT);
      without = (used << USED_SHIFT) | (without & LOW_MASK);
      if (set(seen, without)) {
        return state(without) != CLOSED
            ? Step.NOTHING
            : state(seen) == OPENING ? Step.ABANDONED : Step.CLOSED;
      }
    }
  }

  private boolean set(long seen, long wanted) {
    return WORD.compareAndSet(this, seen, wanted);
  }

  private static int state(long word) {
    return (int) word & STATE_MASK;
  }

  private static long withState(long word, int state) {
    return (word & ~STATE_MASK) | state;
  }

  private static boolean isOpen(long word) {
    int state = state(word);
    return state == OPEN || state == ENDING;
  }
}
