package io.tidegate.loadtest.arrival;

import java.util.List;
import java.util.PrimitiveIterator;
import java.util.SplittableRandom;

/**
 * Users who arrive over a stretch of time: a pure sequence of intended fire times.
 *
 * <p>The same seed gives the same times. Implementations are immutable and safe to share; the
 * iterators they hand out belong to one thread and are lazy, so that a day of arrivals costs no
 * more memory than a second of them.
 */
public interface Arrivals {

  /** How long the stretch lasts, in nanoseconds; nothing fires at or after its end. */
  long durationNanos();

  /**
   * The fire times, in nanoseconds from the beginning of the stretch, ascending.
   *
   * @param random the source of whatever is random; it is used up by the iterator
   */
  PrimitiveIterator.OfLong fireTimes(SplittableRandom random);

  /**
   * Moments at which the load changes on purpose, in nanoseconds from the beginning: what the time
   * to converge is counted from.
   */
  default List<Long> marksNanos() {
    return List.of();
  }

  /** These arrivals, and when their stretch is over, the others. */
  default Arrivals andThen(Arrivals next) {
    return new Sequence(this, next);
  }

  /** All of them at the same time. */
  static Arrivals sideBySide(List<Arrivals> parts) {
    return new SideBySide(parts);
  }

  /** All of them one after the other; none for none. */
  static Arrivals inOrder(List<Arrivals> parts) {
    return parts.stream().reduce(Arrivals::andThen).orElseGet(() -> sideBySide(List.of()));
  }
}
