package io.tidegate.http.upstream.health;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets requests back to an upstream that returns, a few at first: so many may wait for the
 * beginning of their answer there at once, one to begin with and one more for each answer that
 * begins. Beyond 64 the way is free. What has begun to answer does not count, so long streams do
 * not hold it up.
 *
 * <p>The rule counts and knows no time: a slow upstream gets its load slowly, a quick one quickly.
 *
 * <p>Threading: safe for all.
 *
 * <p>Source: slow start, as in TCP (RFC 5681, section 3.1).
 */
final class Ramp {

  static final int END = 64;

  private static final int FREE = Integer.MAX_VALUE;

  private final AtomicInteger unanswered = new AtomicInteger();
  private final AtomicInteger window = new AtomicInteger(FREE);

  /** Begins anew: the upstream has been away. */
  void begin() {
    window.set(1);
  }

  boolean running() {
    return window.get() != FREE;
  }

  /** Whether one more may go there now. */
  boolean hasRoom() {
    return unanswered.get() < window.get();
  }

  /** Sends one more there, if there is room or none is asked for. */
  boolean enter(boolean inAnyCase) {
    int now = unanswered.get();
    while (inAnyCase || now < window.get()) {
      if (unanswered.compareAndSet(now, now + 1)) {
        return true;
      }
      now = unanswered.get();
    }
    return false;
  }

  /** One that was sent there has its answer begun. */
  void answered() {
    unanswered.decrementAndGet();
    window.updateAndGet(now -> now == FREE || now >= END ? FREE : now + 1);
  }

  /** One that was sent there comes to nothing, or has an answer that says no good. */
  void gaveUp() {
    unanswered.decrementAndGet();
  }
}
