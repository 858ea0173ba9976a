package io.tidegate.engine.simulation.goals;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What one figure of the engine has to be, and what it was over some seeds.
 *
 * @param name what is asked for
 * @param of upstream and kind of limit it was measured with
 * @param atLeast whether the bound is the least or the most
 * @param bound what the mean has to keep to
 * @param figures one for each seed
 */
public record Goal(String name, String of, boolean atLeast, double bound, List<Double> figures) {

  public Goal {
    figures = List.copyOf(figures);
    if (figures.isEmpty()) {
      throw new IllegalArgumentException("a goal is measured with at least one seed");
    }
  }

  /** The mean over the seeds. */
  public double mean() {
    return figures.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  /** Whether the mean keeps to the bound. */
  public boolean met() {
    return atLeast ? mean() >= bound : mean() <= bound;
  }

  /** The goal in a line of a table. */
  public String row() {
    double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return String.format(
        Locale.ROOT,
        "%-56s %-12s %s %7.4f  %9.5f  (%.5f to %.5f)  %s",
        name,
        of,
        atLeast ? ">=" : "<=",
        bound,
        mean(),
        sorted[0],
        Arrays.stream(sorted).max().orElseThrow(),
        met() ? "met" : "MISSED");
  }
}
