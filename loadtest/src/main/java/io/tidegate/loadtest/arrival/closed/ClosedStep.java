package io.tidegate.loadtest.arrival.closed;

import java.util.stream.LongStream;

/**
 * A stretch over which the number of users to be kept active changes evenly.
 *
 * @param from users at its beginning, 0 or more
 * @param to users at its end, 0 or more
 * @param durationNanos more than 0
 */
public record ClosedStep(int from, int to, long durationNanos) {

  public ClosedStep {
    if (from < 0 || to < 0 || durationNanos <= 0) {
      throw new IllegalArgumentException(
          "a number of users must be 0 or more, and a stretch must last");
    }
  }

  int targetAt(long nanos) {
    return (int) Math.floor(from + (to - from) * (double) nanos / durationNanos);
  }

  /** When the target rises by one; the last time may be the end of the stretch. */
  LongStream riseTimes() {
    return LongStream.rangeClosed(1, Math.max(0, to - from))
        .map(n -> (long) Math.ceil(durationNanos * (double) n / (to - from)));
  }
}
