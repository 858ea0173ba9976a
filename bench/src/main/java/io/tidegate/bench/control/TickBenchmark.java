package io.tidegate.bench.control;

import io.tidegate.engine.control.Books;
import io.tidegate.engine.control.ControlLoop;
import io.tidegate.engine.control.ControlSnapshot;
import io.tidegate.engine.control.Requests;
import io.tidegate.engine.limit.LimitPolicy;
import io.tidegate.engine.limit.LimitSettings;
import io.tidegate.engine.limit.Objective;
import io.tidegate.engine.reserve.Reserve;
import io.tidegate.engine.telemetry.stream.StreamSamples;
import java.util.Optional;
import java.util.OptionalInt;
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
 * What one tick of the slow loops costs, in virtual time: ten a second, one of which steps an
 * adaptive limit on a hundred streams' first tokens. The noting of those streams is included.
 *
 * <p>One thread. Run: {@code bench/run}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TickBenchmark implements Books {
  private static final int STREAMS_PER_TICK = 10;
  private static final long FIRST_TOKEN_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private final StreamSamples samples = new StreamSamples(0);
  private final ControlLoop loop =
      new ControlLoop(
          LimitPolicy.of(
              new LimitSettings.Adaptive(OptionalInt.of(100), 8, 4_000, Objective.defaults()),
              Optional.empty(),
              0),
          new Reserve(OptionalInt.empty(), false),
          samples,
          this,
          (limitSeats, reserveSeats) -> {},
          0);
  private long nowNanos;
  private long offered;

  @Benchmark
  public ControlSnapshot tick() {
    nowNanos += ControlLoop.TICK_NANOS;
    offered += STREAMS_PER_TICK;
    for (int stream = 0; stream < STREAMS_PER_TICK; stream++) {
      int place = samples.dispatched(nowNanos - FIRST_TOKEN_NANOS);
      samples.firstToken(place, 1_000, nowNanos - FIRST_TOKEN_NANOS, nowNanos);
      samples.tokens(1);
      samples.ended(nowNanos);
    }
    loop.tick(nowNanos, TimeUnit.NANOSECONDS.toMillis(nowNanos));
    return loop.snapshot();
  }

  @Override
  public long inflightSeats() {
    return 100;
  }

  @Override
  public Reserve.Totals seats() {
    return new Reserve.Totals(offered / 2, offered, offered * 300);
  }

  @Override
  public Requests requests() {
    return new Requests(offered, 0, offered, 0);
  }
}
