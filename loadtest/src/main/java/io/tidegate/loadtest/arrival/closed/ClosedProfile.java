package io.tidegate.loadtest.arrival.closed;

import java.util.ArrayList;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;

/**
 * How many users are to be active over time: stretches one after the other, each a straight line.
 *
 * <p>The pure part of a closed workload is when the target rises: then a user is due. The other
 * part is that whoever ends is replaced while the target allows it, and that depends on the system.
 *
 * <p>Immutable.
 */
public final class ClosedProfile {

  private final List<ClosedStep> steps;

  public ClosedProfile(List<ClosedStep> steps) {
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("at least one step is needed");
    }
    this.steps = List.copyOf(steps);
  }

  public long durationNanos() {
    return steps.stream().mapToLong(ClosedStep::durationNanos).sum();
  }

  /** The number of users that are to be active; 0 from the end of the profile on. */
  public int targetAt(long nanos) {
    long begin = 0;
    for (ClosedStep step : steps) {
      if (nanos < begin + step.durationNanos()) {
        return step.targetAt(nanos - begin);
      }
      begin += step.durationNanos();
    }
    return 0;
  }

  /** The moments at which the target goes up by one, in nanoseconds from the beginning. */
  public PrimitiveIterator.OfLong riseTimes() {
    List<LongStream> rises = new ArrayList<>();
    long begin = 0;
    int before = 0;
    for (ClosedStep step : steps) {
      long from = begin;
      rises.add(LongStream.range(before, step.from()).map(n -> from));
      rises.add(step.riseTimes().map(nanos -> from + nanos));
      begin += step.durationNanos();
      before = step.to();
    }
    long end = begin;
    return rises.stream()
        .reduce(LongStream.empty(), LongStream::concat)
        .filter(nanos -> nanos < end)
        .iterator();
  }
}
