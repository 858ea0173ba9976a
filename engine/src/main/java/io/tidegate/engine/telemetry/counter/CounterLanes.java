package io.tidegate.engine.telemetry.counter;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Gives each thread a lane to count in.
 *
 * <p>A thread's first count claims the first lane that nobody owns or whose owner has ended. When
 * all are taken it counts in lane 0, which is shared, at the price of an atomic addition.
 *
 * <p><b>Threading:</b> any thread, any process' number of them; at most {@link #LANES} lanes exist.
 *
 * <p><b>Progress:</b> lock-free when a thread counts for the first time, wait-free from then on.
 *
 * <p><b>Ordering:</b> a lane changes hands only after {@link Thread#isAlive} has been seen false,
 * and everything a thread did happens before that; so the next owner adds to the last value of the
 * one before, and there is never a second writer.
 *
 * <p><b>Source:</b> the cells of {@link java.util.concurrent.atomic.LongAdder}, owned instead of
 * contended for.
 */
final class CounterLanes {
  /** How many there are, the shared one included. */
  static final int LANES = 64;

  private static final int SHARED = 0;

  private final CounterLane[] lanes = new CounterLane[LANES];
  // Keeps up to 63 ended threads reachable until their lanes are claimed again.
  private final AtomicReferenceArray<Thread> owners = new AtomicReferenceArray<>(LANES);

  @SuppressWarnings("ThreadLocalUsage") // A thread has a lane in each engine, not one for all.
  private final ThreadLocal<CounterLane> mine = ThreadLocal.withInitial(this::claim);

  CounterLanes(CountersFile file) {
    for (int lane = 0; lane < LANES; lane++) {
      lanes[lane] = new CounterLane(file.lane(lane), lane != SHARED);
    }
  }

  /** The calling thread's lane. */
  CounterLane mine() {
    return mine.get();
  }

  /** What all lanes together have of a counter. */
  long sum(int counter) {
    long sum = 0;
    for (CounterLane lane : lanes) {
      sum += lane.get(counter);
    }
    return sum;
  }

  private CounterLane claim() {
    Thread claimant = Thread.currentThread();
    for (int lane = SHARED + 1; lane < LANES; lane++) {
      Thread owner = owners.get(lane);
      if ((owner == null || !owner.isAlive()) && owners.compareAndSet(lane, owner, claimant)) {
        return lanes[lane];
      }
    }
    return lanes[SHARED];
  }
}
