package io.tidegate.loadtest.assertion;

import io.tidegate.loadtest.record.result.RunData;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Requests of some kind, to be judged by number or by share of all. */
public final class Counts {

  private final Function<RunData, List<Scope>> scopes;
  private final String label;
  private final ToLongFunction<Slice> count;

  Counts(Function<RunData, List<Scope>> scopes, String label, ToLongFunction<Slice> count) {
    this.scopes = scopes;
    this.label = label;
    this.count = count;
  }

  public Conditions count() {
    return new Conditions(
        scopes, Statistic.of("count of " + label, "", slice -> (double) count.applyAsLong(slice)));
  }

  /** Of all requests; nothing to judge where there were none. */
  public Conditions percent() {
    return new Conditions(
        scopes,
        new Statistic(
            "share of " + label,
            "%",
            slice ->
                slice.ended() == 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(100.0 * count.applyAsLong(slice) / slice.ended())));
  }
}
