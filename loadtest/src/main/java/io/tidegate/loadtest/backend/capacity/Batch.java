package io.tidegate.loadtest.backend.capacity;

import io.tidegate.loadtest.backend.stats.BackendCounters;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The requests inside the simulated server: those that run, and those that wait, first come first
 * served, for memory.
 *
 * <p>Not thread-safe: one thread calls it, and hands in its monotonic time.
 */
public final class Batch {

  private final TimingWheel wheel;
  private final int maxWaiting;
  private final BackendCounters counters;
  private final Set<Generation> waiting = new LinkedHashSet<>();
  private CapacityModel capacity;
  private long heldTokens;
  private int running;

  /**
   * @param maxWaiting requests that may wait; more are turned away
   */
  public Batch(CapacityModel capacity, int maxWaiting, BackendCounters counters, long nowNanos) {
    this.capacity = capacity;
    this.maxWaiting = maxWaiting;
    this.counters = counters;
    this.wheel = new TimingWheel(nowNanos);
  }

  /** Takes a request in, to run now or later; empty when too many wait already. */
  public Optional<Generation> offer(Plan plan, TokenReader reader, long nowNanos) {
    Generation generation = new Generation(this, plan, reader);
    waiting.add(generation);
    fill(nowNanos);
    if (waiting.size() > maxWaiting) {
      waiting.remove(generation);
      countOccupancy();
      return Optional.empty();
    }
    return Optional.of(generation);
  }

  /** Makes every token that is due by now. */
  public void advance(long nowNanos) {
    wheel.advance(nowNanos);
  }

  /** Nothing runs, so nothing becomes due. */
  public boolean isIdle() {
    return running == 0;
  }

  /**
   * Changes what the server can carry. What runs goes on, with more memory held than there is if
   * need be; nobody joins until it has shrunk.
   */
  public void setSeats(int seats, long nowNanos) {
    capacity = capacity.withSeats(seats);
    fill(nowNanos);
  }

  void schedule(Generation generation, long dueNanos) {
    wheel.schedule(generation, dueNanos);
  }

  /** Counts a token; returns the time to the next of the same stream. */
  long onToken(Plan plan) {
    counters.token();
    return plan.tokenNanos().orElseGet(() -> capacity.tokenNanos(running));
  }

  void complete(Generation generation, long nowNanos) {
    counters.completed();
    release(generation, nowNanos);
  }

  void abort(Generation generation, long nowNanos) {
    counters.aborted();
    if (generation.isWaiting()) {
      waiting.remove(generation);
      fill(nowNanos);
    } else {
      wheel.cancel(generation);
      release(generation, nowNanos);
    }
  }

  private void release(Generation generation, long nowNanos) {
    running--;
    heldTokens -= generation.plan().reservedTokens();
    fill(nowNanos);
  }

  private void fill(long nowNanos) {
    Iterator<Generation> inOrder = waiting.iterator();
    while (inOrder.hasNext()) {
      Generation next = inOrder.next();
      if (!capacity.fits(heldTokens, next.plan().reservedTokens())) {
        break;
      }
      inOrder.remove();
      running++;
      heldTokens += next.plan().reservedTokens();
      next.join(nowNanos, prefillNanos(next.plan()));
    }
    countOccupancy();
  }

  private void countOccupancy() {
    counters.occupancy(running, waiting.size());
  }

  private long prefillNanos(Plan plan) {
    return plan.firstTokenNanos()
        .orElseGet(() -> capacity.prefillNanos(plan.promptTokens(), running));
  }
}
