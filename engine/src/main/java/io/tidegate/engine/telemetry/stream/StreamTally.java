package io.tidegate.engine.telemetry.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * What is added up of streams during one interval.
 *
 * <p>Streams that begin and end are kept as a number and a sum of times. With the number of those
 * that ran at the interval's start, that gives the time all streams ran in it: each one that began
 * adds the time from then to the interval's end, each one that ended takes that off again.
 *
 * <p><b>Threading:</b> any thread adds while the tally is the current one; one reader at a time
 * takes from it when no writer is left ({@link StreamSamples} sees to both).
 *
 * <p><b>Progress:</b> adding is wait-free on processors with an atomic addition.
 *
 * <p><b>Ordering:</b> its own operations need none; the phaser of {@link StreamSamples} orders all
 * of a writer's additions before the reader's look.
 *
 * <p><b>Source:</b> the interval histograms of HdrHistogram's {@code Recorder}.
 */
final class StreamTally {
  // A tenth of a millisecond is far below any first token that matters, ten minutes far above any
  // that is still waited for. Two digits are 1 % of a time.
  private static final long LEAST_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
  private static final long MOST_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final int SIGNIFICANT_DIGITS = 2;

  private static final PromptBucket[] BUCKETS = PromptBucket.values();

  private final AtomicHistogram[] firstTokens = new AtomicHistogram[BUCKETS.length];
  private final LongAdder begun = new LongAdder();
  private final LongAdder begunNanos = new LongAdder();
  private final LongAdder ended = new LongAdder();
  private final LongAdder endedNanos = new LongAdder();

  StreamTally() {
    for (int bucket = 0; bucket < firstTokens.length; bucket++) {
      firstTokens[bucket] = new AtomicHistogram(LEAST_NANOS, MOST_NANOS, SIGNIFICANT_DIGITS);
    }
  }

  @SuppressWarnings("EnumOrdinal") // An array of this class, in the enum's order.
  void begin(PromptBucket prompt, long firstTokenNanos, long nowNanos) {
    firstTokens[prompt.ordinal()].recordValue(Math.min(Math.max(firstTokenNanos, 0), MOST_NANOS));
    begun.increment();
    begunNanos.add(nowNanos);
  }

  void end(long nowNanos) {
    ended.increment();
    endedNanos.add(nowNanos);
  }

  long begun() {
    return begun.sum();
  }

  long ended() {
    return ended.sum();
  }

  /**
   * The time all streams ran in an interval that ends now. Sums may wrap around; so does the
   * product they are compared with, and the difference is right.
   */
  long streamNanos(long runningAtStart, long intervalNanos, long nowNanos) {
    long sinceBegun = begun.sum() * nowNanos - begunNanos.sum();
    long sinceEnded = ended.sum() * nowNanos - endedNanos.sum();
    return runningAtStart * intervalNanos + sinceBegun - sinceEnded;
  }

  List<FirstToken> firstTokens() {
    List<FirstToken> all = new ArrayList<>();
    for (PromptBucket prompt : BUCKETS) {
      AtomicHistogram times = timesOf(prompt);
      for (HistogramIterationValue step : times.recordedValues()) {
        long nanos = times.medianEquivalentValue(step.getValueIteratedTo());
        all.add(new FirstToken(prompt, nanos, step.getCountAtValueIteratedTo()));
      }
    }
    return all;
  }

  void clear() {
    for (AtomicHistogram times : firstTokens) {
      if (times.getTotalCount() > 0) {
        times.reset();
      }
    }
    begun.reset();
    begunNanos.reset();
    ended.reset();
    endedNanos.reset();
  }

  @SuppressWarnings("EnumOrdinal") // An array of this class, in the enum's order.
  private AtomicHistogram timesOf(PromptBucket prompt) {
    return firstTokens[prompt.ordinal()];
  }
}
