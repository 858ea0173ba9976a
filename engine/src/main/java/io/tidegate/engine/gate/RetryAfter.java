package io.tidegate.engine.gate;

import java.util.concurrent.TimeUnit;

/**
 * How long somebody refused for want of room is asked to stay away.
 *
 * <p>The estimate is the time in which the seats that are held turn over once: the mean time a
 * request holds its seats, times the share of the class's seats that is taken. It is at least a
 * second where a latch may stand in the way, for nobody passes that sooner. As long as no request
 * has ended, that least time is all that is known. The estimate is then moved by up to a fifth
 * either way, so that those refused together do not come back together, and rounded up to a quarter
 * of a second.
 *
 * <p><b>Threading:</b> pure functions.
 *
 * <p><b>Progress:</b> wait-free, allocates nothing.
 *
 * <p><b>Ordering:</b> none needed.
 *
 * <p><b>Source:</b> Little's law: a full house of L seats, each held for T, gives back L of them in
 * T. The scrambling of the clock is the finalizer of SplitMix64 (Steele, Lea and Flood, OOPSLA
 * 2014).
 */
final class RetryAfter {
  static final long QUARTER_MILLIS = 250;
  static final long MAX_MILLIS = 30_000;

  private static final double JITTER = .2;
  private static final double NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  // The most that jitter cannot lift above MAX_MILLIS.
  private static final double MAX_ESTIMATE_MILLIS = MAX_MILLIS / (1 + JITTER);

  private RetryAfter() {}

  /**
   * The advice, in whole quarters of a second, from a quarter of a second to 30 s.
   *
   * @param meanHeldNanos how long a request holds its seats, 0 if none has ended
   * @param inflightSeats seats held now
   * @param capSeats the most inflight seats under which the class is let in
   * @param leastMillis what cannot be undercut before jitter
   * @param nowNanos the clock at this decision; its last digits are the source of the jitter
   */
  static long millis(
      long meanHeldNanos, long inflightSeats, int capSeats, long leastMillis, long nowNanos) {
    double turnover = (double) meanHeldNanos * inflightSeats / (NANOS_PER_MILLI * capSeats);
    double estimate = Math.min(Math.max(turnover, (double) leastMillis), MAX_ESTIMATE_MILLIS);
    return roundUp((long) Math.ceil(estimate * (1 + JITTER * spread(nowNanos))));
  }

  /** The next whole quarter of a second. */
  static long roundUp(long millis) {
    return (millis + QUARTER_MILLIS - 1) / QUARTER_MILLIS * QUARTER_MILLIS;
  }

  /** A number from -1 to 1 that looks as if it had nothing to do with the clock. */
  private static double spread(long nowNanos) {
    return scramble(nowNanos) / (double) Long.MAX_VALUE;
  }

  /** A number that looks as if it had nothing to do with the given one. */
  static long scramble(long number) {
    long z = number;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
