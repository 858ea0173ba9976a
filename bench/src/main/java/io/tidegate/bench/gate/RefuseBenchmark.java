package io.tidegate.bench.gate;

import io.tidegate.engine.Engine;
import io.tidegate.engine.EngineSettings;
import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.TierTable;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemEpochClock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to refuse a request when every seat is taken: the gate with its counters, handed
 * its time, and the whole engine, which reads the clock twice and records how long it decided.
 *
 * <p>Run: {@code bench/run}, which also looks at what is allocated.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RefuseBenchmark {
  private final CountedGate gate = CountedGate.ofBest(1, 1);
  private final Engine engine =
      Engine.stepped(
          EngineSettings.of(TierTable.defaults()).withLimit(1, 0),
          System::nanoTime,
          SystemEpochClock.INSTANCE);
  private final AdmissionRequest request =
      AdmissionRequest.of(new Subscriber("s", engine.tiers().best()));

  @Setup(Level.Trial)
  public void fill() {
    if (!gate.take() || !(engine.admit(request) instanceof Admission.Admitted)) {
      throw new IllegalStateException("the only seat was not free");
    }
  }

  @Benchmark
  public Admission gate() {
    return gate.refuse();
  }

  @Benchmark
  public Admission engine() {
    Admission admission = engine.admit(request);
    if (!(admission instanceof Admission.Refused)) {
      throw new IllegalStateException("let in");
    }
    return admission;
  }
}
