package io.tidegate.engine.quota.account;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * What one subscriber holds and has used: requests in progress, open sessions, buckets of rates,
 * and how much they were served lately.
 *
 * <p>An account lives while anything is held, until its buckets are full again and its use has
 * faded. Then it is marked as gone and forgotten; whoever had found it before looks again. Buckets
 * and use change only while a request is held, so nothing is lost with an account that is gone.
 *
 * <p><b>Threading:</b> any thread.
 *
 * <p><b>Progress:</b> lock-free.
 *
 * <p><b>Ordering:</b> volatile. One word holds both counts, a number that grows with each request,
 * and the mark: an account is marked only if no request came since its buckets were looked at.
 *
 * <p><b>Source:</b> none.
 */
public final class Account {
  /** What came of the wish to begin a request. */
  public enum Begin {
    BEGUN,
    TOO_MANY,
    GONE
  }

  // The word, from its low end: requests 24 bits, sessions 24 bits, requests begun 15 bits.
  private static final int COUNT_BITS = 24;
  private static final int MAX_COUNT = (1 << COUNT_BITS) - 1;
  private static final long ONE_REQUEST = 1;
  private static final long ONE_SESSION = 1L << COUNT_BITS;
  private static final long ONE_BEGUN = 1L << (2 * COUNT_BITS);
  private static final long HELD_MASK = ONE_BEGUN - 1;
  private static final long GONE = -1;

  // Whoever may have more finds the time at which one of these closes good enough.
  private static final int MAX_TRACKED = 64;
  private static final ChargedSession[] NO_SESSIONS = {};

  private static final VarHandle WORD;
  private static final VarHandle BUCKETS;
  private static final VarHandle SESSIONS;
  private static final VarHandle USE;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      WORD = lookup.findVarHandle(Account.class, "word", long.class);
      BUCKETS = lookup.findVarHandle(Account.class, "buckets", Buckets.class);
      SESSIONS = lookup.findVarHandle(Account.class, "sessions", ChargedSession[].class);
      USE = lookup.findVarHandle(Account.class, "oneSeatAtNanos", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final String subscriber;
  private volatile long word;
  private volatile long oneSeatAtNanos;
  // Made when the first bucket is needed: most subscribers of a tier without rates need none.
  private volatile Buckets buckets;
  private volatile ChargedSession[] sessions = NO_SESSIONS;

  Account(String subscriber, long nowNanos) {
    this.subscriber = subscriber;
    this.oneSeatAtNanos = RecentUse.none(nowNanos);
  }

  /** Whose account it is: the subscriber's id. */
  public String subscriber() {
    return subscriber;
  }

  /** How much the subscriber was served lately, in seats; it fades by e in a minute. */
  public double use(long nowNanos) {
    return RecentUse.seats(oneSeatAtNanos, nowNanos);
  }

  /** Adds seats that were just given to the subscriber. For the holder of a request. */
  public void charge(int seats, long nowNanos) {
    long before = oneSeatAtNanos;
    while (!USE.compareAndSet(this, before, RecentUse.plus(before, seats, nowNanos))) {
      before = oneSeatAtNanos;
    }
  }

  /**
   * The use as a number that only rises while the subscriber is served, and stays the same while it
   * fades: whoever has the lower one was served less, now and at every later moment.
   */
  public long useOrder() {
    return oneSeatAtNanos;
  }

  /** Begins a request, if fewer than {@code most} are in progress. */
  public Begin begin(int most) {
    long seen = word;
    while (seen != GONE) {
      if ((seen & MAX_COUNT) >= Math.min(most, MAX_COUNT)) {
        return Begin.TOO_MANY;
      }
      long begun = (seen + ONE_BEGUN) & Long.MAX_VALUE;
      if (WORD.compareAndSet(this, seen, begun + ONE_REQUEST)) {
        return Begin.BEGUN;
      }
      seen = word;
    }
    return Begin.GONE;
  }

  /** Ends a request. */
  public void end() {
    WORD.getAndAdd(this, -ONE_REQUEST);
  }

  /** Opens one more session, if that is not too many. For the holder of a request. */
  public boolean openSession(int most) {
    long seen = word;
    while (sessions(seen) < Math.min(most, MAX_COUNT)) {
      if (WORD.compareAndSet(this, seen, seen + ONE_SESSION)) {
        return true;
      }
      seen = word;
    }
    return false;
  }

  /** Gives back what {@link #openSession} took. */
  public void closeSession() {
    WORD.getAndAdd(this, -ONE_SESSION);
  }

  /** Requests that run or wait. */
  public int requests() {
    long seen = word;
    return seen == GONE ? 0 : (int) (seen & MAX_COUNT);
  }

  /** Sessions that are open or being opened. */
  public int sessions() {
    long seen = word;
    return seen == GONE ? 0 : sessions(seen);
  }

  /** When that bucket is full again; now, if nothing was ever taken from any. */
  public long fullAtNanos(int bucket, long nowNanos) {
    Buckets known = buckets;
    return known == null ? nowNanos : known.fullAtNanos(bucket);
  }

  /** The buckets, made if there are none, to take from; for the holder of a request. */
  public Buckets makeBuckets(int count, long nowNanos) {
    if (buckets == null) {
      BUCKETS.compareAndSet(this, null, new Buckets(count, nowNanos));
    }
    return buckets;
  }

  /** The buckets, for a holder who has taken from one. */
  public Buckets buckets() {
    return buckets;
  }

  /** Remembers an open session, so that it is known when it can close, and forgets closed ones. */
  public void track(ChargedSession opened) {
    ChargedSession[] seen;
    ChargedSession[] open;
    do {
      seen = sessions;
      open =
          Stream.concat(
                  Arrays.stream(seen).filter(session -> !session.isClosed()), Stream.of(opened))
              .limit(MAX_TRACKED)
              .toArray(ChargedSession[]::new);
    } while (!SESSIONS.compareAndSet(this, seen, open));
  }

  /**
   * Since when the session was idle that was idle longest; {@link Long#MAX_VALUE} if something of
   * each is in progress.
   */
  public long longestIdleSinceMillis() {
    long longest = Long.MAX_VALUE;
    for (ChargedSession session : sessions) {
      if (!session.isClosed()) {
        longest = Math.min(longest, session.idleSinceMillis());
      }
    }
    return longest;
  }

  /** Marks the account as gone, if forgetting it changes nothing. */
  boolean forget(long nowNanos) {
    long seen = word;
    return (seen & HELD_MASK) == 0
        && RecentUse.faded(oneSeatAtNanos, nowNanos)
        && bucketsFull(nowNanos)
        && WORD.compareAndSet(this, seen, GONE);
  }

  private boolean bucketsFull(long nowNanos) {
    Buckets known = buckets;
    return known == null || known.allFull(nowNanos);
  }

  private static int sessions(long word) {
    return (int) (word >>> COUNT_BITS) & MAX_COUNT;
  }
}
