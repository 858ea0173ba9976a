package io.tidegate.engine.quota.account;

import java.util.concurrent.TimeUnit;

/**
 * How much a subscriber was served lately, in seats: each seat counts as one when it is given, and
 * fades by e in a minute.
 *
 * <p>It is kept as the time at which it will have faded to one seat. Such a number needs no
 * refreshing and never overflows, and two of them keep their order while both fade: whoever has the
 * later time was served more, now and at every later moment.
 *
 * <p>Pure functions.
 *
 * <p><b>Source:</b> forward decay (Cormode, Shkapenyuk, Srivastava and Xu, ICDE 2009), its weights
 * taken as logarithms.
 */
public final class RecentUse {
  private static final double FADE_NANOS = TimeUnit.MINUTES.toNanos(1);
  // e^-40 of a seat.
  private static final long NOTHING_NANOS = TimeUnit.MINUTES.toNanos(40);
  private static final double FORGETTABLE_SEATS = .01;

  private RecentUse() {}

  /** Never served. */
  static long none(long nowNanos) {
    return nowNanos - NOTHING_NANOS;
  }

  /** The use now, in seats. */
  static double seats(long oneSeatAtNanos, long nowNanos) {
    return Math.exp((oneSeatAtNanos - nowNanos) / FADE_NANOS);
  }

  /** The same after so many more seats. */
  static long plus(long oneSeatAtNanos, int seats, long nowNanos) {
    double sum = seats(oneSeatAtNanos, nowNanos) + seats;
    return nowNanos + (long) (FADE_NANOS * Math.log(sum));
  }

  /** Whether it has become too little to matter. */
  static boolean faded(long oneSeatAtNanos, long nowNanos) {
    return seats(oneSeatAtNanos, nowNanos) < FORGETTABLE_SEATS;
  }
}
