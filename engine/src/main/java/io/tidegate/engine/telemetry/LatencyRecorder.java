package io.tidegate.engine.telemetry;

import io.tidegate.engine.telemetry.HistogramSnapshot.Bucket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.HdrHistogram.Recorder;

/**
 * Times of one kind since the engine started, recorded on the hot path and read now and then.
 *
 * <p>Values are kept to two significant digits, and a value goes into the bucket in which the
 * middle of its step lies: one within a hundredth of a bound may be counted on the other side of
 * it.
 *
 * <p><b>Threading:</b> any thread records; readers take turns.
 *
 * <p><b>Progress:</b> recording is wait-free and allocates nothing; it never waits for a reader,
 * who waits for recordings under way.
 *
 * <p><b>Ordering:</b> a snapshot holds every value whose recording ended before it began.
 *
 * <p><b>Source:</b> HdrHistogram's {@code Recorder} and its {@code WriterReaderPhaser}.
 */
final class LatencyRecorder {
  private static final int SIGNIFICANT_DIGITS = 2;
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final double[] boundsSeconds;
  private final long mostNanos;
  private final Recorder recorder;
  private final long[] counts;
  private double sumSeconds;
  private long count;
  private final Histogram untaken;
  private Histogram interval;

  /**
   * A recorder without values.
   *
   * @param leastNanos the precision at the small end
   * @param mostNanos longer times are recorded as this one
   * @param boundsSeconds the finite bounds of the buckets, rising
   */
  LatencyRecorder(long leastNanos, long mostNanos, double... boundsSeconds) {
    this.boundsSeconds = boundsSeconds.clone();
    this.mostNanos = mostNanos;
    this.recorder = new Recorder(leastNanos, mostNanos, SIGNIFICANT_DIGITS);
    this.counts = new long[boundsSeconds.length + 1];
    this.interval = recorder.getIntervalHistogram();
    this.untaken = emptyHistogram();
  }

  /** Records a time; a negative one, from a clock read on another core, as zero. */
  void record(long nanos) {
    recorder.recordValue(Math.min(Math.max(nanos, 0), mostNanos));
  }

  /** Everything recorded so far. */
  synchronized HistogramSnapshot snapshot() {
    readRecorder();
    List<Bucket> buckets = new ArrayList<>(counts.length);
    for (int i = 0; i < counts.length; i++) {
      double bound = i < boundsSeconds.length ? boundsSeconds[i] : Double.POSITIVE_INFINITY;
      buckets.add(new Bucket(bound, counts[i]));
    }
    return new HistogramSnapshot(buckets, sumSeconds, count);
  }

  /**
   * Moves what was recorded since the last call, to the recorder's precision, into a histogram.
   *
   * @param into one made by {@link #emptyHistogram}; what it held is gone
   */
  synchronized void takeInto(Histogram into) {
    readRecorder();
    untaken.copyInto(into);
    untaken.reset();
  }

  /** A histogram of the recorder's range and precision. */
  final Histogram emptyHistogram() {
    Histogram empty = interval.copy();
    empty.reset();
    return empty;
  }

  private void readRecorder() {
    interval = recorder.getIntervalHistogram(interval);
    untaken.add(interval);
    for (HistogramIterationValue step : interval.recordedValues()) {
      double seconds = interval.medianEquivalentValue(step.getValueIteratedTo()) / NANOS_PER_SECOND;
      long values = step.getCountAtValueIteratedTo();
      counts[bucketOf(seconds)] += values;
      sumSeconds += seconds * values;
      count += values;
    }
  }

  private int bucketOf(double seconds) {
    int bucket = 0;
    while (bucket < boundsSeconds.length && seconds > boundsSeconds[bucket]) {
      bucket++;
    }
    return bucket;
  }
}
