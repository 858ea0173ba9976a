package io.tidegate.loadtest.record;

import io.tidegate.loadtest.record.result.Distribution;
import org.HdrHistogram.Histogram;

/**
 * A histogram that is being filled, with the true maximum beside it: a histogram alone rounds it.
 *
 * <p>Not thread-safe.
 */
final class Latencies {

  private static final long LOWEST_NANOS = 1000;

  private final Histogram histogram;
  private long maxNanos;

  Latencies(int digits) {
    histogram = new Histogram(LOWEST_NANOS, 2 * LOWEST_NANOS, digits);
    histogram.setAutoResize(true);
  }

  void record(long nanos) {
    long known = Math.max(0, nanos);
    histogram.recordValue(known);
    maxNanos = Math.max(maxNanos, known);
  }

  long maxNanos() {
    return maxNanos;
  }

  Histogram histogram() {
    return histogram;
  }

  Distribution distribution() {
    return Distribution.of(histogram, maxNanos);
  }
}
