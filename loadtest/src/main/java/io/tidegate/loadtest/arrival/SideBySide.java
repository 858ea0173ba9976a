package io.tidegate.loadtest.arrival;

import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Several stretches that begin together, merged by time; of equal times the earlier part's first.
 */
record SideBySide(List<Arrivals> parts) implements Arrivals {

  SideBySide {
    parts = List.copyOf(parts);
  }

  @Override
  public long durationNanos() {
    return parts.stream().mapToLong(Arrivals::durationNanos).max().orElse(0);
  }

  @Override
  public PrimitiveIterator.OfLong fireTimes(SplittableRandom random) {
    PriorityQueue<Head> heads =
        new PriorityQueue<>(Comparator.comparingLong(Head::nanos).thenComparingInt(Head::part));
    for (int part = 0; part < parts.size(); part++) {
      push(heads, part, parts.get(part).fireTimes(random.split()));
    }
    return new PrimitiveIterator.OfLong() {
      @Override
      public boolean hasNext() {
        return !heads.isEmpty();
      }

      @Override
      public long nextLong() {
        Head head = heads.poll();
        if (head == null) {
          throw new NoSuchElementException();
        }
        push(heads, head.part, head.rest);
        return head.nanos;
      }
    };
  }

  @Override
  public List<Long> marksNanos() {
    return parts.stream().flatMap(part -> part.marksNanos().stream()).sorted().distinct().toList();
  }

  private static void push(PriorityQueue<Head> heads, int part, PrimitiveIterator.OfLong rest) {
    if (rest.hasNext()) {
      heads.add(new Head(rest.nextLong(), part, rest));
    }
  }

  private record Head(long nanos, int part, PrimitiveIterator.OfLong rest) {}
}
