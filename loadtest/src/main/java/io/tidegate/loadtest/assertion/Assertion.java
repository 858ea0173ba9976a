package io.tidegate.loadtest.assertion;

import io.tidegate.loadtest.record.result.RunData;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.function.Function;

/**
 * Something that must hold of a run.
 *
 * <p>Immutable.
 */
public final class Assertion {

  private final Function<RunData, List<Scope>> scopes;
  private final Statistic statistic;
  private final String condition;
  private final DoublePredicate holds;

  Assertion(
      Function<RunData, List<Scope>> scopes,
      Statistic statistic,
      String condition,
      DoublePredicate holds) {
    this.scopes = scopes;
    this.statistic = statistic;
    this.condition = condition;
    this.holds = holds;
  }

  /**
   * The judgement: one result, or one for each request where it is for all of them. A number that
   * cannot be computed, since nothing was measured, fails.
   */
  public List<AssertionResult> judge(RunData run) {
    return scopes.apply(run).stream().map(scope -> judge(new Slice(run, scope))).toList();
  }

  private AssertionResult judge(Slice slice) {
    String sentence = slice.scope().label() + ": " + statistic.label() + " " + condition;
    OptionalDouble actual = statistic.compute().apply(slice);
    if (actual.isEmpty()) {
      return new AssertionResult(sentence, "nothing was measured", false);
    }
    String unit = statistic.unit().isEmpty() ? "" : " " + statistic.unit();
    return new AssertionResult(
        sentence, number(actual.getAsDouble()) + unit, holds.test(actual.getAsDouble()));
  }

  static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.3f", value);
  }
}
