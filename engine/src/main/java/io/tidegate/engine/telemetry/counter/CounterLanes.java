package io.tidegate.engine.telemetry.counter;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Gives each thread a lane to count in.
 *
 * <p>A thread's first count claims the first lane that nobody owns or whose owner has ended. When
 * all are taken it counts in lane 0, which is shared, at the price of an atomic addition. From then
 * on a table by the thread's number finds its lane again, faster than a {@link ThreadLocal} does;
 * two threads of one place in it fall back on that.
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
  private static final int LATELY = 256;

  private final CounterLane[] lanes = new CounterLane[LANES];
  // Written in a race, and that is no matter: an entry is only good for the owner it names.
  private final CounterLane[] lately = new CounterLane[LATELY];
  // Keeps up to 63 ended threads reachable until their lanes are claimed again.
  private final AtomicReferenceArray<Thread> owners = new AtomicReferenceArray<>(LANES);

  @SuppressWarnings("ThreadLocalUsage") // A thread has a lane in each engine, not one for all.
  private final ThreadLocal<CounterLane> mine = ThreadLocal.withInitial(this::claim);

  CounterLanes(CountersFile file) {
    for (int lane = 0; lane < LANES; lane++) {
      lanes[lane] = CounterLane.shared(file.lane(lane));
    }
  }

  /** The calling thread's lane. */
  CounterLane mine() {
    Thread caller = Thread.currentThread();
    CounterLane lane = lately[place(caller)];
    return lane != null && lane.isOwnedBy(caller) ? lane : find(caller);
  }

  /** What all lanes together have of a counter. */
  long sum(int counter) {
    long sum = 0;
    for (CounterLane lane : lanes) {
      sum += lane.get(counter);
    }
    return sum;
  }

  private CounterLane find(Thread caller) {
    CounterLane lane = mine.get();
    if (lane.isOwnedBy(caller)) {
      lately[place(caller)] = lane;
    }
    return lane;
  }

  private static int place(Thread caller) {
    return (int) caller.getId() & (LATELY - 1);
  }

  private CounterLane claim() {
    Thread claimant = Thread.currentThread();
    for (int lane = SHARED + 1; lane < LANES; lane++) {
      Thread owner = owners.get(lane);
      if ((owner == null || !owner.isAlive()) && owners.compareAndSet(lane, owner, claimant)) {
        return lanes[lane].ownedBy(claimant);
      }
    }
    return lanes[SHARED];
  }
}
