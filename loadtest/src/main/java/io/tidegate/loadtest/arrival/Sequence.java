package io.tidegate.loadtest.arrival;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import java.util.SplittableRandom;

/** One stretch after another. */
record Sequence(Arrivals first, Arrivals second) implements Arrivals {

  @Override
  public long durationNanos() {
    return Math.addExact(first.durationNanos(), second.durationNanos());
  }

  @Override
  public PrimitiveIterator.OfLong fireTimes(SplittableRandom random) {
    PrimitiveIterator.OfLong early = first.fireTimes(random.split());
    PrimitiveIterator.OfLong late = second.fireTimes(random.split());
    long shiftNanos = first.durationNanos();
    return new PrimitiveIterator.OfLong() {
      @Override
      public boolean hasNext() {
        return early.hasNext() || late.hasNext();
      }

      @Override
      public long nextLong() {
        if (early.hasNext()) {
          return early.nextLong();
        }
        if (!late.hasNext()) {
          throw new NoSuchElementException();
        }
        return shiftNanos + late.nextLong();
      }
    };
  }

  @Override
  public List<Long> marksNanos() {
    List<Long> marks = new ArrayList<>(first.marksNanos());
    second.marksNanos().forEach(mark -> marks.add(first.durationNanos() + mark));
    return List.copyOf(marks);
  }
}
