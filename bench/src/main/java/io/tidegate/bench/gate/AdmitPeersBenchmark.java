package io.tidegate.bench.gate;

import com.alibaba.csp.sentinel.slots.block.BlockException;
import com.netflix.concurrency.limits.Limiter;
import com.netflix.concurrency.limits.Limiter.Listener;
import java.util.Optional;
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
 * The same work as in {@link AdmitBenchmark}, done by what else one could take. Rate limiters have
 * nothing to give back, and are asked once.
 *
 * <p>Run: {@code bench/run}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class AdmitPeersBenchmark {
  private final Peers peers = Peers.withRoom(AdmitBenchmark.ROOM);

  @Benchmark
  public boolean semaphore() {
    boolean taken = peers.semaphore().tryAcquire();
    peers.semaphore().release();
    return taken;
  }

  @Benchmark
  public boolean resilience4jBulkhead() {
    boolean taken = peers.bulkhead().tryAcquirePermission();
    peers.bulkhead().onComplete();
    return taken;
  }

  @Benchmark
  public boolean bucket4j() {
    return peers.bucket().tryConsume(1);
  }

  @Benchmark
  public boolean guavaRateLimiter() {
    return peers.rate().tryAcquire();
  }

  @Benchmark
  public boolean netflixSimple() {
    return acquired(peers.simple());
  }

  @Benchmark
  public boolean netflixPartitioned() {
    return acquired(peers.partitioned());
  }

  @Benchmark
  public boolean sentinel() throws BlockException {
    peers.sentinelEntry().exit();
    return true;
  }

  private static boolean acquired(Limiter<String> limiter) {
    Optional<Listener> listener = limiter.acquire(Peers.PARTITION);
    listener.ifPresent(Listener::onSuccess);
    return listener.isPresent();
  }
}
