package io.tidegate.bench.gate;

import io.tidegate.engine.Engine;
import io.tidegate.engine.EngineSettings;
import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.TierTable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.SystemEpochClock;
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
 * What it costs to let a request in and to take its seats back.
 *
 * <p>Three levels: two bare atomic operations, below which nothing that counts seats can go; the
 * gate with its counters, handed its time; the whole engine, which also looks up session and
 * account, reads the clock three times, and records how long it decided.
 *
 * <p>Run: {@code bench/run}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class AdmitBenchmark {
  static final int ROOM = 1_000;

  private final AtomicLong atomic = new AtomicLong();
  private final CountedGate oneTier = CountedGate.ofBest(1, ROOM);
  private final CountedGate manyTiers = CountedGate.ofWorst(TierTable.MAX_TIERS, ROOM);
  private final Engine engine =
      Engine.stepped(
          EngineSettings.of(TierTable.defaults()).withLimit(ROOM, 0),
          System::nanoTime,
          SystemEpochClock.INSTANCE);
  private final AdmissionRequest request =
      AdmissionRequest.of(new Subscriber("s", engine.tiers().best()));

  /** A compare-and-set that takes, and an addition that gives back. */
  @Benchmark
  public long twoBareAtomics() {
    long seen = atomic.get();
    while (!atomic.compareAndSet(seen, seen + 1)) {
      seen = atomic.get();
    }
    return atomic.getAndAdd(-1);
  }

  @Benchmark
  public boolean gateOneTier() {
    return oneTier.admitAndRelease();
  }

  /** The worst class of the largest table: it stands behind all others. */
  @Benchmark
  public boolean gateManyTiers() {
    return manyTiers.admitAndRelease();
  }

  @Benchmark
  public Admission engine() {
    Admission admission = engine.admit(request);
    if (admission instanceof Admission.Admitted admitted) {
      admitted.permit().complete(Outcome.SERVED);
    }
    return admission;
  }
}
