package io.tidegate.http.config;

import io.tidegate.http.config.yaml.Range;
import java.util.OptionalInt;

/**
 * How many seats may be taken at once. The mode is {@code fixed}: a number the operator knows.
 *
 * @param seats 1 to 1000000; empty: nothing is enforced, everybody is admitted
 * @param reserve seats only the best tier may take, at most {@link #largestReserve} of the seats
 */
public record LimitConfig(OptionalInt seats, int reserve) {

  public LimitConfig {
    if (seats.isPresent()) {
      Ranges.SEATS.check("limit.seats", seats.getAsInt());
    }
    new Range(0, largestReserve(seats)).check("limit.reserve", reserve);
  }

  /** Nobody is capped by surprise: nothing is enforced until somebody names a number. */
  public static LimitConfig none() {
    return new LimitConfig(OptionalInt.empty(), 0);
  }

  /** So many seats, with the reserve that goes with them. */
  public static LimitConfig fixed(int seats) {
    return new LimitConfig(OptionalInt.of(seats), defaultReserve(seats));
  }

  /**
   * A fifth of the seats, rounded up, where that stays below the largest reserve allowed: small
   * upstreams free their seats too seldom for less.
   */
  public static int defaultReserve(int seats) {
    return Math.min((seats + 4) / 5, largestReserve(seats));
  }

  /** Three tenths of the seats, rounded down: more would starve everybody else in quiet times. */
  public static int largestReserve(int seats) {
    return (int) (seats * 3L / 10);
  }

  private static int largestReserve(OptionalInt seats) {
    return seats.isPresent() ? largestReserve(seats.getAsInt()) : 0;
  }
}
