package io.tidegate.loadtest.run.pacing;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.PrimitiveIterator;
import java.util.PriorityQueue;
import java.util.function.LongConsumer;

/**
 * What is to be done at which moment: single things, and sequences of which only the next one is
 * held. Of equal moments, what was put in first comes first.
 *
 * <p>Not thread-safe.
 */
final class Schedule {

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparingLong(Entry::nanos).thenComparingLong(Entry::order));
  private long order;

  /** Does something once. */
  void at(long nanos, LongConsumer action) {
    entries.add(new Entry(nanos, order++, action, 0, null));
  }

  /** Does something at each time of a sequence, counted from a base. */
  void each(long baseNanos, PrimitiveIterator.OfLong times, LongConsumer action) {
    if (times.hasNext()) {
      entries.add(new Entry(baseNanos + times.nextLong(), order++, action, baseNanos, times));
    }
  }

  OptionalLong nextNanos() {
    return entries.isEmpty() ? OptionalLong.empty() : OptionalLong.of(entries.peek().nanos);
  }

  /** Moves what is due into a list, in order. */
  void takeDue(long nowNanos, List<Due> due) {
    while (!entries.isEmpty() && entries.peek().nanos <= nowNanos) {
      Entry entry = entries.poll();
      due.add(new Due(entry.nanos, entry.action));
      if (entry.rest != null) {
        each(entry.baseNanos, entry.rest, entry.action);
      }
    }
  }

  /** Something whose time has come; the action is given the time it was meant for. */
  record Due(long nanos, LongConsumer action) {}

  private record Entry(
      long nanos, long order, LongConsumer action, long baseNanos, PrimitiveIterator.OfLong rest) {}
}
