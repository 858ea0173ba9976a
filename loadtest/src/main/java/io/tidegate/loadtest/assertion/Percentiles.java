package io.tidegate.loadtest.assertion;

import io.tidegate.loadtest.record.result.Distribution;
import io.tidegate.loadtest.record.result.RunData;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** A distribution of which one number can be asked; in milliseconds. */
public final class Percentiles {

  private final Function<RunData, List<Scope>> scopes;
  private final String label;
  private final Function<Slice, Distribution> distribution;

  Percentiles(
      Function<RunData, List<Scope>> scopes,
      String label,
      Function<Slice, Distribution> distribution) {
    this.scopes = scopes;
    this.label = label;
    this.distribution = distribution;
  }

  public Conditions min() {
    return of("min of ", d -> d.histogram().getMinNonZeroValue());
  }

  /** The true maximum. */
  public Conditions max() {
    return of("max of ", Distribution::maxNanos);
  }

  public Conditions mean() {
    return of("mean of ", d -> d.histogram().getMean());
  }

  public Conditions stdDev() {
    return of("standard deviation of ", d -> d.histogram().getStdDeviation());
  }

  /** 0 to 100. */
  public Conditions percentile(double percentile) {
    return of("p" + Assertion.number(percentile) + " of ", d -> d.percentileNanos(percentile));
  }

  /** The median, as Gatling counts them. */
  public Conditions percentile1() {
    return percentile(50);
  }

  public Conditions percentile2() {
    return percentile(75);
  }

  public Conditions percentile3() {
    return percentile(95);
  }

  public Conditions percentile4() {
    return percentile(99);
  }

  private Conditions of(String words, ToDoubleFunction<Distribution> nanos) {
    return new Conditions(
        scopes,
        new Statistic(
            words + label,
            "ms",
            slice -> {
              Distribution found = distribution.apply(slice);
              return found.count() == 0
                  ? OptionalDouble.empty()
                  : OptionalDouble.of(nanos.applyAsDouble(found) / 1e6);
            }));
  }
}
