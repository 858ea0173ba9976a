package io.tidegate.bench.gate;

import com.alibaba.csp.sentinel.Entry;
import com.alibaba.csp.sentinel.SphU;
import com.alibaba.csp.sentinel.slots.block.BlockException;
import com.alibaba.csp.sentinel.slots.block.RuleConstant;
import com.alibaba.csp.sentinel.slots.block.flow.FlowRule;
import com.alibaba.csp.sentinel.slots.block.flow.FlowRuleManager;
import com.google.common.util.concurrent.RateLimiter;
import com.netflix.concurrency.limits.Limiter;
import com.netflix.concurrency.limits.limit.FixedLimit;
import com.netflix.concurrency.limits.limiter.AbstractPartitionedLimiter;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import io.github.bucket4j.Bucket;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What else one could take to bound what runs at once, or how much begins: each set up as its own
 * documentation does, with a fixed limit.
 */
record Peers(
    Semaphore semaphore,
    Bulkhead bulkhead,
    Bucket bucket,
    RateLimiter rate,
    Limiter<String> simple,
    Limiter<String> partitioned,
    String resource) {
  static final String PARTITION = "plus";

  // Sentinel keeps what it knows of a resource for as long as the program runs.
  private static final AtomicInteger RESOURCES = new AtomicInteger();

  // So many a second that nobody who has room is refused.
  private static final long MANY = 1_000_000_000L;

  /** Partitions that callers name themselves. */
  private static final class Partitions
      extends AbstractPartitionedLimiter.Builder<Partitions, String> {
    @Override
    protected Partitions self() {
      return this;
    }
  }

  /** Room for so many at once; with one place, rate limiters let one a day begin. */
  static Peers withRoom(int seats) {
    BulkheadConfig waitsForNobody =
        BulkheadConfig.custom()
            .maxConcurrentCalls(seats)
            .maxWaitDuration(Duration.ZERO)
            .writableStackTraceEnabled(false)
            .build();
    boolean single = seats == 1;
    long tokens = single ? 1 : MANY;
    String resource = "chat" + RESOURCES.getAndIncrement();
    FlowRule threads = new FlowRule(resource);
    threads.setGrade(RuleConstant.FLOW_GRADE_THREAD);
    threads.setCount(seats);
    FlowRuleManager.loadRules(List.of(threads));
    return new Peers(
        new Semaphore(seats),
        Bulkhead.of("chat", waitsForNobody),
        Bucket.builder()
            .addLimit(
                limit ->
                    limit
                        .capacity(tokens)
                        .refillGreedy(tokens, single ? Duration.ofDays(1) : Duration.ofSeconds(1)))
            .build(),
        RateLimiter.create(single ? 1.0 / Duration.ofDays(1).toSeconds() : MANY),
        SimpleLimiter.newBuilder().limit(FixedLimit.of(seats)).build(),
        new Partitions()
            .partitionResolver(name -> name)
            .partition(PARTITION, .7)
            .partition("free", .2)
            .partition("new", .1)
            .limit(FixedLimit.of(seats))
            .build(),
        resource);
  }

  Entry sentinelEntry() throws BlockException {
    return SphU.entry(resource);
  }

  /** Takes what there is of each, for good. */
  void takeTheOnlyPlace() throws BlockException {
    boolean taken =
        semaphore.tryAcquire()
            && bulkhead.tryAcquirePermission()
            && bucket.tryConsume(1)
            && rate.tryAcquire()
            && simple.acquire(PARTITION).isPresent()
            && partitioned.acquire(PARTITION).isPresent();
    if (!taken) {
      throw new IllegalStateException("the only place was not free");
    }
    sentinelEntry();
  }
}
