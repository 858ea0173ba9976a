package io.tidegate.loadtest.report;

import io.tidegate.loadtest.record.result.Distribution;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Latencies counted in buckets of equal ratio. Their numbers mean the same in every distribution,
 * so that a page merges seconds by adding counts.
 *
 * <p>Bucket {@code i} holds what is from {@code 2^(i/64)} up to {@code 2^((i+1)/64)} microseconds:
 * whoever takes its middle is wrong by at most 0.55 %. The lowest also holds what is shorter.
 */
final class LogBuckets {

  /** Buckets from one power of two to the next. */
  static final int PER_OCTAVE = 64;

  private static final double NANOS_PER_MICRO = 1e3;

  private LogBuckets() {}

  /** The bucket of a latency. */
  static int indexOf(long nanos) {
    double micros = Math.max(1, nanos / NANOS_PER_MICRO);
    return (int) Math.floor(Math.log(micros) / Math.log(2) * PER_OCTAVE);
  }

  /** Numbers of the buckets that hold anything, each followed by how many it holds. */
  static List<Long> of(Distribution distribution) {
    List<Long> counts = new ArrayList<>();
    if (distribution.count() == 0) {
      return counts;
    }
    Histogram histogram = distribution.histogram();
    for (HistogramIterationValue value : histogram.recordedValues()) {
      long middle = histogram.medianEquivalentValue(value.getValueIteratedTo());
      add(counts, indexOf(middle), value.getCountAtValueIteratedTo());
    }
    return counts;
  }

  /** Values come in order, so only the last bucket can get more. */
  private static void add(List<Long> counts, int index, long count) {
    int last = counts.size() - 1;
    if (last > 0 && counts.get(last - 1) == index) {
      counts.set(last, counts.get(last) + count);
    } else {
      counts.add((long) index);
      counts.add(count);
    }
  }
}
