package io.tidegate.engine.quota.account;

import io.tidegate.engine.admission.Allowance;
import io.tidegate.engine.admission.Feature;
import java.util.concurrent.TimeUnit;

/**
 * So much in a stretch of time: a bucket that holds that much and refills evenly, so that an empty
 * one is full again after the stretch.
 *
 * <p>A bucket's whole state is one number, the time at which it will be full again. To take
 * something moves that time on by as long as it takes to refill; to give it back moves it back. A
 * bucket is kept as time, so a subscriber who comes to another tier keeps the part of the bucket
 * they have used, not the amount.
 *
 * <p>What is larger than the whole bucket is let through when the bucket is full.
 *
 * <p>Immutable, pure functions.
 *
 * <p><b>Source:</b> the generic cell rate algorithm, ITU-T I.371 annex A, whose "theoretical
 * arrival time" the number is.
 *
 * @param limit what the bucket holds, at least 1
 * @param windowNanos in which an empty bucket refills, at least 1
 */
public record Rate(long limit, long windowNanos) {
  // One request's debt is bounded, whatever an upstream claims it used.
  private static final long MAX_DEBT_WINDOWS = 60;
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** So many a minute, of which all may come at once. */
  public static Rate perMinute(long limit) {
    return new Rate(limit, TimeUnit.MINUTES.toNanos(1));
  }

  /** The rate of a quota. */
  public static Rate of(Feature.Quota quota) {
    return new Rate(quota.uses(), quota.per().toNanos());
  }

  /**
   * How long that much takes to refill; rounded down, so that the limit itself always fits. At most
   * 60 stretches.
   */
  public long costNanos(long amount) {
    return (long)
        Math.min((double) amount * windowNanos / limit, (double) MAX_DEBT_WINDOWS * windowNanos);
  }

  /** After how long that cost fits into the bucket; 0 if it does now. */
  public long waitNanos(long fullAtNanos, long costNanos, long nowNanos) {
    long roomNanos = windowNanos - Math.min(costNanos, windowNanos);
    return Math.max(0, usedNanos(fullAtNanos, nowNanos) - roomNanos);
  }

  /** When the bucket is full again if that is taken now. */
  static long after(long fullAtNanos, long costNanos, long nowNanos) {
    return nowNanos + usedNanos(fullAtNanos, nowNanos) + costNanos;
  }

  /** What the bucket holds now. */
  public Allowance allowance(long fullAtNanos, long nowNanos) {
    long usedNanos = usedNanos(fullAtNanos, nowNanos);
    double left = (double) Math.max(0, windowNanos - usedNanos) * limit / windowNanos;
    long resetMillis = (usedNanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
    return new Allowance(limit, (long) left, resetMillis);
  }

  private static long usedNanos(long fullAtNanos, long nowNanos) {
    return Math.max(0, fullAtNanos - nowNanos);
  }
}
