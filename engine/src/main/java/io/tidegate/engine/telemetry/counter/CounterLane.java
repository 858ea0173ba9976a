package io.tidegate.engine.telemetry.counter;

import java.util.Objects;
import org.agrona.UnsafeAccess;
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
 * Additions go to the address: by way of the buffer, which may be of either kind, the eight of one
 * request cost twice as much.
 */
final class CounterLane {
  private final UnsafeBuffer values; // keeps the memory alive, and reads it
  private final long address;
  private final int counters;
  private final Thread owner;

  private CounterLane(UnsafeBuffer values, Thread owner) {
    if (values.byteArray() != null) {
      throw new IllegalArgumentException("counters live outside of the heap");
    }
    this.values = values;
    this.address = values.addressOffset();
    this.counters = values.capacity() / CountersReader.COUNTER_LENGTH;
    this.owner = owner;
  }

  /** The lane that is any thread's. */
  static CounterLane shared(UnsafeBuffer values) {
    return new CounterLane(values, null);
  }

  /** The same values in the hands of one thread, for as long as it lives. */
  CounterLane ownedBy(Thread thread) {
    return new CounterLane(values, thread);
  }

  boolean isOwnedBy(Thread thread) {
    return owner == thread;
  }

  void add(int counter, long delta) {
    long at =
        address + (long) Objects.checkIndex(counter, counters) * CountersReader.COUNTER_LENGTH;
    if (owner != null) {
      long before = UnsafeAccess.UNSAFE.getLong(null, at);
      UnsafeAccess.UNSAFE.putOrderedLong(null, at, before + delta);
    } else {
      UnsafeAccess.UNSAFE.getAndAddLong(null, at, delta);
    }
  }

  long get(int counter) {
    return values.getLongVolatile(counter * CountersReader.COUNTER_LENGTH);
  }
}
