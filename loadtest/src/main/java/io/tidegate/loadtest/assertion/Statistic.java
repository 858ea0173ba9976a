package io.tidegate.loadtest.assertion;

import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * A number computed from a part of a run.
 *
 * @param label as people read it
 * @param unit of the number; may be empty
 * @param compute the number; empty where there is nothing to compute it from
 */
record Statistic(String label, String unit, Function<Slice, OptionalDouble> compute) {

  static Statistic of(String label, String unit, Function<Slice, Double> compute) {
    return new Statistic(label, unit, slice -> OptionalDouble.of(compute.apply(slice)));
  }
}
