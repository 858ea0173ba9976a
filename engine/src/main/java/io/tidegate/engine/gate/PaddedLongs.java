package io.tidegate.engine.gate;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A few numbers that many threads change, each two cache lines away from the next.
 *
 * <p><b>Threading:</b> any thread.
 *
 * <p><b>Progress:</b> each operation is one atomic instruction.
 *
 * <p><b>Ordering:</b> volatile, except for the two opaque ones, which order nothing.
 *
 * <p><b>Source:</b> processors fetch cache lines of 64 bytes in pairs, hence 128 bytes; the
 * Disruptor and Agrona pad the same way.
 */
final class PaddedLongs {
  private static final int LONGS_APART = 128 / Long.BYTES;

  private final AtomicLongArray cells;

  PaddedLongs(int count) {
    cells = new AtomicLongArray((count + 1) * LONGS_APART);
  }

  long get(int index) {
    return cells.get(place(index));
  }

  void set(int index, long value) {
    cells.set(place(index), value);
  }

  boolean compareAndSet(int index, long expected, long value) {
    return cells.compareAndSet(place(index), expected, value);
  }

  /** Adds, and tells the value before. */
  long getAndAdd(int index, long delta) {
    return cells.getAndAdd(place(index), delta);
  }

  void setBits(int index, long bits) {
    cells.getAndAccumulate(place(index), bits, (word, set) -> word | set);
  }

  void clearBits(int index, long bits) {
    cells.getAndAccumulate(place(index), bits, (word, clear) -> word & ~clear);
  }

  long getOpaque(int index) {
    return cells.getOpaque(place(index));
  }

  void setOpaque(int index, long value) {
    cells.setOpaque(place(index), value);
  }

  private static int place(int index) {
    return (index + 1) * LONGS_APART;
  }
}
