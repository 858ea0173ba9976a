package io.tidegate.http.upstream.health;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The time for which an upstream has asked to be left alone, by {@code Retry-After} with its own
 * 429 or 503. The longest of several counts, and none beyond a minute: a mistaken header must not
 * take an upstream away for a day.
 *
 * <p>Threading: safe for all.
 */
final class BackOff {

  static final Duration LONGEST = Duration.ofMinutes(1);

  private static final long NEVER = Long.MIN_VALUE;

  private final AtomicLong untilNanos = new AtomicLong(NEVER);
  private final AtomicLong count = new AtomicLong();

  /** Begins, or goes on for longer. */
  void ask(Duration wish, long nowNanos) {
    long nanos = Math.min(wish.toNanos(), LONGEST.toNanos());
    if (nanos > 0) {
      long end = nowNanos + nanos;
      count.incrementAndGet();
      untilNanos.updateAndGet(old -> old == NEVER || end - old > 0 ? end : old);
    }
  }

  /** How long it still lasts; 0 if it does not. */
  long leftNanos(long nowNanos) {
    long until = untilNanos.get();
    return until == NEVER ? 0 : Math.max(0, until - nowNanos);
  }

  long count() {
    return count.get();
  }
}
