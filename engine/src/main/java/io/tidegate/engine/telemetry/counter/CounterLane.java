package io.tidegate.engine.telemetry.counter;

import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;

/**
 * One column of counter values: what one thread, or all threads without a lane of their own, have
 * added to each counter.
 *
 * <p><b>Threading:</b> an exclusive lane is written by the one live thread that owns it, the shared
 * lane by any; both are read by any thread and by other processes.
 *
 * <p><b>Progress:</b> wait-free.
 *
 * <p><b>Ordering:</b> each addition is at least a release store, so whoever sees it sees what its
 * thread added before.
 *
 * <p><b>Source:</b> single-writer principle, as in Agrona's {@code AtomicCounter.incrementOrdered}.
 */
final class CounterLane {
  private final UnsafeBuffer values;
  private final boolean exclusive;

  CounterLane(UnsafeBuffer values, boolean exclusive) {
    this.values = values;
    this.exclusive = exclusive;
  }

  void add(int counter, long delta) {
    int offset = counter * CountersReader.COUNTER_LENGTH;
    if (exclusive) {
      values.addLongOrdered(offset, delta);
    } else {
      values.getAndAddLong(offset, delta);
    }
  }

  long get(int counter) {
    return values.getLongVolatile(counter * CountersReader.COUNTER_LENGTH);
  }
}
