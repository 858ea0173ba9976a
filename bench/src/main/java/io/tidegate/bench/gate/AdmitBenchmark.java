package io.tidegate.bench.gate;

import io.tidegate.engine.Engine;
import io.tidegate.engine.EngineSettings;
import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.gate.Gate;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.TierTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to let a request in and to take its seats back, and to refuse one.
 *
 * <p>Three levels: two bare atomic operations, below which nothing that counts seats can go; the
 * gate alone, handed its time; the whole engine, which also reads the clock three times for an
 * admission and twice for a refusal, and records how long it decided.
 *
 * <p>Run: {@code mvn -B -Dfast -DskipTests package -pl bench -am && java -jar
 * bench/target/benchmarks.jar AdmitBenchmark}; with {@code -t 2} for two threads and {@code -prof
 * gc} for what is allocated.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class AdmitBenchmark {
  private static final int ROOM = 1_000;
  // Moving it would cost what the gate's own benchmark leaves out.
  private static final long NOW_NANOS = 0;

  private final AtomicLong atomic = new AtomicLong();
  private Path folder;
  private Gate gate;
  private ServiceClass best;
  private Engine roomy;
  private Engine full;
  private AdmissionRequest request;

  @Setup(Level.Trial)
  public void start() throws IOException {
    folder = Files.createTempDirectory("tidegate-bench");
    TierTable tiers = TierTable.defaults();
    best = tiers.classOf(tiers.best(), ServiceClass.Kind.OPENING);
    gate = new Gate(tiers, ROOM, 0, NOW_NANOS, () -> {});
    roomy = engine("roomy.dat", ROOM);
    full = engine("full.dat", 1);
    request = AdmissionRequest.of(new Subscriber("s", tiers.best()));
    full.admit(request);
  }

  private Engine engine(String file, int seats) {
    return Engine.start(
        EngineSettings.of(TierTable.defaults())
            .withCountersFile(folder.resolve(file))
            .withLimit(seats, 0));
  }

  @TearDown(Level.Trial)
  public void stop() throws IOException {
    roomy.close();
    full.close();
    for (String file : List.of("roomy.dat", "full.dat")) {
      Files.delete(folder.resolve(file));
    }
    Files.delete(folder);
  }

  @Benchmark
  public long twoBareAtomics() {
    long seen = atomic.get();
    while (!atomic.compareAndSet(seen, seen + 1)) {
      seen = atomic.get();
    }
    return atomic.getAndAdd(-1);
  }

  @Benchmark
  public boolean gateTakeAndRelease() {
    boolean taken = gate.take(best, 1, NOW_NANOS);
    gate.release(1, 1);
    return taken;
  }

  @Benchmark
  public Admission engineAdmitAndRelease() {
    return released(roomy.admit(request));
  }

  @Benchmark
  public Admission engineRefuse() {
    return full.admit(request);
  }

  private static Admission released(Admission admission) {
    if (admission instanceof Admission.Admitted admitted) {
      admitted.permit().complete(Outcome.SERVED);
    }
    return admission;
  }
}
