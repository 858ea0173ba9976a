package io.tidegate.loadtest.arrival;

import java.util.Locale;
import java.util.PrimitiveIterator;
import java.util.concurrent.TimeUnit;

/**
 * How many arrive in each second of a stretch: what a replay shows before it starts, and what the
 * load that was sent is held against afterwards.
 *
 * @param total all arrivals
 * @param seconds length of the stretch, in whole seconds, rounded up
 * @param meanPerSecond over all seconds
 * @param busiestSecond most arrivals in one second
 * @param busiestMinute most arrivals in one minute, minutes counted from the beginning
 * @param variation coefficient of variation of the times between arrivals; 1 for a Poisson process,
 *     0 with fewer than three arrivals
 * @param sketch the rate over time as one line of bars
 */
public record RateProfile(
    long total,
    long seconds,
    double meanPerSecond,
    long busiestSecond,
    long busiestMinute,
    double variation,
    String sketch) {

  private static final int BARS = 60;
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int MINUTE_SECONDS = 60;
  private static final String LEVELS = " ▁▂▃▄▅▆▇█";

  /** Runs through the fire times once; memory does not grow with them. */
  public static RateProfile of(PrimitiveIterator.OfLong fireTimes, long durationNanos) {
    long seconds = Math.max(1, (durationNanos + SECOND_NANOS - 1) / SECOND_NANOS);
    Busiest second = new Busiest(SECOND_NANOS);
    Busiest minute = new Busiest(MINUTE_SECONDS * SECOND_NANOS);
    long[] bars = new long[BARS];
    Spread gaps = new Spread();
    long total = 0;
    long last = 0;
    while (fireTimes.hasNext()) {
      long nanos = fireTimes.nextLong();
      second.count(nanos);
      minute.count(nanos);
      bars[(int) Math.min(BARS - 1, nanos / (double) (seconds * SECOND_NANOS) * BARS)]++;
      if (total > 0) {
        gaps.add((double) (nanos - last));
      }
      last = nanos;
      total++;
    }
    return new RateProfile(
        total,
        seconds,
        (double) total / seconds,
        second.most,
        minute.most,
        gaps.variation(),
        sketch(bars));
  }

  /** The same in two lines for people. */
  public String describe() {
    return String.format(
        Locale.ROOT,
        "%,d arrivals in %,d s: %.2f/s, busiest second %,d, busiest minute %,d, variation %.2f%n[%s]",
        total,
        seconds,
        meanPerSecond,
        busiestSecond,
        busiestMinute,
        variation,
        sketch);
  }

  private static String sketch(long[] bars) {
    long most = 1;
    for (long bar : bars) {
      most = Math.max(most, bar);
    }
    StringBuilder line = new StringBuilder();
    for (long bar : bars) {
      line.append(LEVELS.charAt((int) Math.ceil((LEVELS.length() - 1) * (double) bar / most)));
    }
    return line.toString();
  }

  /** The fullest of the buckets that ascending times fall into. */
  private static final class Busiest {
    private final long widthNanos;
    private long bucket = -1;
    private long inBucket;
    private long most;

    Busiest(long widthNanos) {
      this.widthNanos = widthNanos;
    }

    void count(long nanos) {
      long now = nanos / widthNanos;
      inBucket = now == bucket ? inBucket + 1 : 1;
      bucket = now;
      most = Math.max(most, inBucket);
    }
  }

  /** Mean and variance in one pass, by Welford's method. */
  private static final class Spread {
    private long count;
    private double mean;
    private double squares;

    void add(double value) {
      count++;
      double off = value - mean;
      mean += off / count;
      squares += off * (value - mean);
    }

    double variation() {
      return count < 2 || mean == 0 ? 0 : Math.sqrt(squares / (count - 1)) / mean;
    }
  }
}
