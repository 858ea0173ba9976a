package io.tidegate.http.upstream.retry;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How many requests may be sent a second time: one for every ten that are sent at all, so that
 * retries add at most a tenth to the load of servers that fail because of it. What ten seconds have
 * earned may be spent at once, and a few of them in any case, for gates with little to do.
 *
 * <p>The earnings of the last ten seconds are those of the current stretch of ten and the part of
 * the one before that is not over yet.
 *
 * <p>Threading: safe for all, without locks.
 *
 * <p>Source: retry budgets, as in Google's SRE book, chapter 21, and Finagle.
 */
public final class RetryBudget {

  static final int REQUESTS_FOR_ONE = 10;
  static final int IN_ANY_CASE = 10;
  static final long STRETCH_NANOS = TimeUnit.SECONDS.toNanos(10);

  private record Stretch(
      long startNanos, long sent, long retried, long sentBefore, long retriedBefore) {}

  private final AtomicLong denied = new AtomicLong();
  private final AtomicReference<Stretch> current = new AtomicReference<>();

  /** A budget that begins now. */
  public RetryBudget(long nowNanos) {
    current.set(new Stretch(nowNanos, 0, 0, 0, 0));
  }

  /** A request is sent for the first time. */
  public void sent(long nowNanos) {
    current.updateAndGet(
        old -> {
          Stretch now = at(old, nowNanos);
          return new Stretch(
              now.startNanos, now.sent + 1, now.retried, now.sentBefore, now.retriedBefore);
        });
  }

  /** Takes leave to send one a second time; false if the budget is used up. */
  public boolean spend(long nowNanos) {
    Stretch old = current.get();
    while (true) {
      Stretch now = at(old, nowNanos);
      double before = 1 - (double) (nowNanos - now.startNanos) / STRETCH_NANOS;
      double earned = (now.sent + before * now.sentBefore) / REQUESTS_FOR_ONE;
      double spent = now.retried + before * now.retriedBefore;
      if (spent + 1 > Math.max(earned, IN_ANY_CASE)) {
        denied.incrementAndGet();
        return false;
      }
      Stretch next =
          new Stretch(now.startNanos, now.sent, now.retried + 1, now.sentBefore, now.retriedBefore);
      if (current.compareAndSet(old, next)) {
        return true;
      }
      old = current.get();
    }
  }

  /** How often leave was not given. */
  public long denied() {
    return denied.get();
  }

  private static Stretch at(Stretch stretch, long nowNanos) {
    long past = (nowNanos - stretch.startNanos) / STRETCH_NANOS;
    if (past <= 0) {
      return stretch;
    }
    long start = stretch.startNanos + past * STRETCH_NANOS;
    return past == 1
        ? new Stretch(start, 0, 0, stretch.sent, stretch.retried)
        : new Stretch(start, 0, 0, 0, 0);
  }
}
