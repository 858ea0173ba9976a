package io.tidegate.engine.quota.account;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A few counts that never pass their bounds, each two cache lines away from the next.
 *
 * <p><b>Threading:</b> any thread.
 *
 * <p><b>Progress:</b> {@link #add} is lock-free, the others are wait-free.
 *
 * <p><b>Ordering:</b> volatile. A count is raised by compare-and-set from the value that its bound
 * was checked against, so no two callers share the last place.
 *
 * <p><b>Source:</b> processors fetch cache lines in pairs, hence 128 bytes.
 */
public final class PaddedCounts {
  private static final int LONGS_APART = 128 / Long.BYTES;

  private final AtomicLongArray cells;

  /** So many counts of zero. */
  public PaddedCounts(int counts) {
    cells = new AtomicLongArray((counts + 1) * LONGS_APART);
  }

  /** A count. */
  public long get(int index) {
    return cells.get(place(index));
  }

  /** Adds if the sum stays within the bound. */
  public boolean add(int index, long amount, long bound) {
    long count = get(index);
    while (count + amount <= bound) {
      if (cells.compareAndSet(place(index), count, count + amount)) {
        return true;
      }
      count = get(index);
    }
    return false;
  }

  /** Takes off what was added. */
  public void subtract(int index, long amount) {
    cells.getAndAdd(place(index), -amount);
  }

  private static int place(int index) {
    return (index + 1) * LONGS_APART;
  }
}
