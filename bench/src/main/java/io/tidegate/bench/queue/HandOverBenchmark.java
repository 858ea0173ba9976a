package io.tidegate.bench.queue;

import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.gate.Gate;
import io.tidegate.engine.queue.RequestQueue;
import io.tidegate.engine.queue.WaitSettings;
import io.tidegate.engine.queue.Wake;
import io.tidegate.engine.tier.TierTable;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
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
 * What it costs that a request waits: it joins the queue, a seat comes back, the owner is woken and
 * hands the seat over. Beside it a concurrent queue that something is put into and taken out of.
 *
 * <p>One thread plays everybody. Run: {@code bench/run}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class HandOverBenchmark {
  private static final TierTable TIERS = TierTable.defaults();
  private static final long NOW_NANOS = 0;

  private final Wake wake = new Wake();
  private final Gate gate = new Gate(TIERS, 1, 0, NOW_NANOS, wake);
  private final RequestQueue queue =
      new RequestQueue(gate, TIERS, WaitSettings.defaults(TIERS), () -> NOW_NANOS, wake);
  private final Queue<Waiter> plain = new ConcurrentLinkedQueue<>();
  private final Waiter waiter = new Waiter(gate, TIERS.classes().get(0));

  public HandOverBenchmark() {
    if (!gate.take(waiter.serviceClass(), 1, NOW_NANOS)) {
      throw new IllegalStateException("the only seat was not free");
    }
  }

  @Benchmark
  public Admission waitAndGo() {
    Admission waiting = queue.enter(waiter, NOW_NANOS);
    waiter.complete(Outcome.SERVED);
    if (!wake.answered()) {
      throw new IllegalStateException("nobody was woken");
    }
    queue.drain(NOW_NANOS);
    return waiting;
  }

  @Benchmark
  public Waiter plainOfferAndPoll() {
    plain.offer(waiter);
    return plain.poll();
  }
}
