package io.tidegate.bench.telemetry;

import io.tidegate.engine.telemetry.LatencyRecorders;
import io.tidegate.engine.tier.TierTable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Recorder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to keep how long a decision took, beside the recorder that it is made of, a
 * histogram that nobody may read meanwhile, and a mere sum.
 *
 * <p>Run: {@code bench/run}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RecordBenchmark {
  private static final long DECISION_NANOS = 700;
  private static final int DIGITS = 2;

  private final LatencyRecorders recorders = new LatencyRecorders(TierTable.defaults());
  private final Recorder recorder = new Recorder(1, TimeUnit.SECONDS.toNanos(10), DIGITS);
  private final AtomicHistogram histogram =
      new AtomicHistogram(1, TimeUnit.SECONDS.toNanos(10), DIGITS);
  private final LongAdder sum = new LongAdder();

  @Benchmark
  public void decision() {
    recorders.decision(DECISION_NANOS);
  }

  @Benchmark
  public void hdrRecorder() {
    recorder.recordValue(DECISION_NANOS);
  }

  @Benchmark
  public void atomicHistogram() {
    histogram.recordValue(DECISION_NANOS);
  }

  @Benchmark
  public void longAdder() {
    sum.add(DECISION_NANOS);
  }
}
