package io.tidegate.bench.gate;

import com.alibaba.csp.sentinel.slots.block.BlockException;
import java.util.concurrent.TimeUnit;
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
 * The same work as in {@link RefuseBenchmark}, done by what else one could take: each has one
 * place, and it is taken.
 *
 * <p>Run: {@code bench/run}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RefusePeersBenchmark {
  private final Peers peers = Peers.withRoom(1);

  @Setup(Level.Trial)
  public void fill() throws BlockException {
    peers.takeTheOnlyPlace();
  }

  @Benchmark
  public boolean semaphore() {
    return refused(peers.semaphore().tryAcquire());
  }

  @Benchmark
  public boolean resilience4jBulkhead() {
    return refused(peers.bulkhead().tryAcquirePermission());
  }

  @Benchmark
  public boolean bucket4j() {
    return refused(peers.bucket().tryConsume(1));
  }

  @Benchmark
  public boolean guavaRateLimiter() {
    return refused(peers.rate().tryAcquire());
  }

  @Benchmark
  public boolean netflixSimple() {
    return refused(peers.simple().acquire(Peers.PARTITION).isPresent());
  }

  @Benchmark
  public boolean netflixPartitioned() {
    return refused(peers.partitioned().acquire(Peers.PARTITION).isPresent());
  }

  @Benchmark
  public boolean sentinel() {
    try {
      peers.sentinelEntry().exit();
      return refused(true);
    } catch (BlockException e) {
      return true;
    }
  }

  private static boolean refused(boolean taken) {
    if (taken) {
      throw new IllegalStateException("let in");
    }
    return true;
  }
}
