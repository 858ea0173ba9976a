package io.tidegate.loadtest.assertion;

import io.tidegate.loadtest.record.result.RunData;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.function.Function;

/** A number of a run that still needs a condition. Durations are in milliseconds. */
public final class Conditions {

  private final Function<RunData, List<Scope>> scopes;
  private final Statistic statistic;

  Conditions(Function<RunData, List<Scope>> scopes, Statistic statistic) {
    this.scopes = scopes;
    this.statistic = statistic;
  }

  public Assertion lt(double bound) {
    return that("is less than", bound, value -> value < bound);
  }

  public Assertion lte(double bound) {
    return that("is at most", bound, value -> value <= bound);
  }

  public Assertion gt(double bound) {
    return that("is greater than", bound, value -> value > bound);
  }

  public Assertion gte(double bound) {
    return that("is at least", bound, value -> value >= bound);
  }

  public Assertion is(double wanted) {
    return that("is", wanted, value -> value == wanted);
  }

  /** Both bounds are allowed. */
  public Assertion between(double low, double high) {
    String condition =
        "is between %s and %s".formatted(Assertion.number(low), Assertion.number(high));
    return new Assertion(scopes, statistic, condition, value -> value >= low && value <= high);
  }

  private Assertion that(String words, double bound, DoublePredicate holds) {
    return new Assertion(scopes, statistic, words + " " + Assertion.number(bound), holds);
  }
}
