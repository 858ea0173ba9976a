package io.tidegate.loadtest.record;

import java.util.function.Consumer;

/**
 * The last seconds of a run, still open for what ends late. A second that falls out of the ring is
 * handed on and forgotten, so that memory does not grow with the run. What belongs to a second that
 * is gone is booked into the oldest one that is left.
 *
 * <p>Not thread-safe.
 */
final class IntervalRing {

  private final OpenInterval[] ring;
  private final int tierCount;
  private final Consumer<OpenInterval> closed;
  private long oldest;
  private long newest = -1;

  /**
   * @param seconds how long a second stays open, 1 or more
   * @param closed takes every second once, in order
   */
  IntervalRing(int seconds, int tierCount, Consumer<OpenInterval> closed) {
    this.ring = new OpenInterval[seconds];
    this.tierCount = tierCount;
    this.closed = closed;
  }

  OpenInterval at(long second) {
    while (newest < second) {
      if (newest - oldest + 1 == ring.length) {
        closeOldest();
      }
      newest++;
      ring[place(newest)] = new OpenInterval(newest, tierCount);
    }
    return ring[place(Math.max(oldest, second))];
  }

  /** Hands on all that is left. */
  void close() {
    while (oldest <= newest) {
      closeOldest();
    }
  }

  private void closeOldest() {
    int place = place(oldest);
    closed.accept(ring[place]);
    ring[place] = null;
    oldest++;
  }

  private int place(long second) {
    return (int) (second % ring.length);
  }
}
