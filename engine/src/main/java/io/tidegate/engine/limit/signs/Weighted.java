package io.tidegate.engine.limit.signs;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/** A value that was seen a number of times. */
record Weighted(double value, long count) {

  /** The lower median of values; empty if there are fewer than that many. */
  static OptionalDouble median(List<Weighted> values, long least) {
    long all = values.stream().mapToLong(Weighted::count).sum();
    if (all < Math.max(1, least)) {
      return OptionalDouble.empty();
    }
    long before = 0;
    for (Weighted each :
        values.stream().sorted(Comparator.comparingDouble(Weighted::value)).toList()) {
      before += each.count();
      if (2 * before >= all) {
        return OptionalDouble.of(each.value());
      }
    }
    throw new IllegalStateException("half of " + all + " was never reached");
  }
}
