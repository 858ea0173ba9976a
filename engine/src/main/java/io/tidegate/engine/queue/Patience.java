package io.tidegate.engine.queue;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long requests of one class wait at most.
 *
 * <p>Those who open sessions in the best tier wait less while their queue does not come to rest: if
 * somebody has stood there for more than five seconds on end, the rush is no burst that will pass,
 * and a long queue would only make everybody's first token late. The full time counts again as soon
 * as a look finds nobody waiting.
 *
 * <p>For the queue's owner alone.
 */
final class Patience {
  /** A burst is over by then; measured in the project's simulation. */
  static final long BURST_NANOS = TimeUnit.SECONDS.toNanos(5);

  static final long IN_A_RUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);

  private final LongSupplier usualNanos;
  private final boolean shrinks;
  private boolean busy;
  private long busySinceNanos;

  /**
   * The patience of one class.
   *
   * @param usualNanos the longest wait, 0 or more, which may change
   * @param shrinks whether it shrinks in a rush
   */
  Patience(LongSupplier usualNanos, boolean shrinks) {
    this.usualNanos = usualNanos;
    this.shrinks = shrinks;
  }

  /** The longest wait now, given whether anybody of the class waits. */
  long nanos(long nowNanos, boolean anybodyWaits) {
    if (anybodyWaits && !busy) {
      busySinceNanos = nowNanos;
    }
    busy = anybodyWaits;
    boolean rush = shrinks && busy && nowNanos - busySinceNanos > BURST_NANOS;
    long usual = usualNanos.getAsLong();
    return rush ? Math.min(usual, IN_A_RUSH_NANOS) : usual;
  }
}
