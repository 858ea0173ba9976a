package io.tidegate.loadtest.arrival.open;

import io.tidegate.loadtest.arrival.Arrivals;
import java.util.PrimitiveIterator;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;

/**
 * A known number of users at known places of a stretch.
 *
 * @param users how many
 * @param durationNanos how long the stretch lasts
 * @param placeNanos where the n-th stands, counted from 0, ascending
 */
record CountArrivals(long users, long durationNanos, LongUnaryOperator placeNanos)
    implements Arrivals {

  /** Beyond three deviations from the middle of a peak nobody is left to speak of. */
  private static final double PEAK_DEVIATIONS = 3;

  static Arrivals none(long durationNanos) {
    return new CountArrivals(0, durationNanos, n -> 0);
  }

  static Arrivals atOnce(long users) {
    return new CountArrivals(users, 0, n -> 0);
  }

  static Arrivals evenly(long users, long durationNanos) {
    return new CountArrivals(
        users, durationNanos, n -> (long) (durationNanos * (double) n / users));
  }

  /** A bell around the middle: the count over time is a smooth step. */
  static Arrivals peak(long users, long durationNanos) {
    double tail = NormalQuantile.cumulative(-PEAK_DEVIATIONS);
    return new CountArrivals(
        users,
        durationNanos,
        n -> {
          double share = tail + (1 - 2 * tail) * (n + 0.5) / users;
          double place = NormalQuantile.of(share) / PEAK_DEVIATIONS;
          return (long) (durationNanos * (1 + place) / 2);
        });
  }

  @Override
  public PrimitiveIterator.OfLong fireTimes(SplittableRandom random) {
    return LongStream.range(0, users).map(placeNanos).iterator();
  }
}
