package io.tidegate.loadtest.assertion;

import io.tidegate.loadtest.record.result.Distribution;
import io.tidegate.loadtest.record.result.Interval;
import io.tidegate.loadtest.record.result.Outcome;
import io.tidegate.loadtest.record.result.Phase;
import io.tidegate.loadtest.record.result.RunData;
import io.tidegate.loadtest.record.result.TierInterval;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A run as seen through a scope. Requests of one name are known for the whole run only, stretches
 * by the second and for all requests only; asked for both, the stretch is refused.
 *
 * @param run all of it
 * @param scope the part
 */
record Slice(RunData run, Scope scope) {

  Slice {
    if (scope.span().isPresent() && scope.request().isPresent()) {
      throw new IllegalArgumentException("details cannot be judged between two moments");
    }
  }

  long ok() {
    return count(Outcome.OK, TierInterval::ok);
  }

  long shed() {
    return count(Outcome.SHED, TierInterval::shedCount);
  }

  long ko() {
    return count(Outcome.KO, TierInterval::koCount);
  }

  /** Requests that ended. */
  long ended() {
    return ok() + shed() + ko();
  }

  double seconds() {
    return scope
        .span()
        .map(span -> (double) (span.toSecond() - span.fromSecond()))
        .orElse(run.health().wallNanos() / 1e9);
  }

  Distribution latencies(Outcome outcome, Phase phase) {
    if (scope.span().isEmpty()) {
      return run.latencies(
          series ->
              scope.tiers().contains(series.tier())
                  && series.outcome() == outcome
                  && series.phase() == phase
                  && scope.request().map(series.request()::equals).orElse(true));
    }
    if (outcome != Outcome.OK || (phase != Phase.FIRST_TOKEN && phase != Phase.WHOLE)) {
      throw new IllegalArgumentException(
          "between two moments only the time to the first token and the whole time are known");
    }
    return intervals().stream()
        .flatMap(interval -> scope.tiers().stream().map(interval::tier))
        .map(tier -> phase == Phase.WHOLE ? tier.whole() : tier.firstToken())
        .reduce(Distribution.none(), Distribution::plus);
  }

  /** The seconds of the stretch. */
  List<Interval> intervals() {
    return run.intervals().stream()
        .filter(
            interval ->
                scope
                    .span()
                    .map(
                        span ->
                            interval.second() >= span.fromSecond()
                                && interval.second() < span.toSecond())
                    .orElse(true))
        .toList();
  }

  private long count(Outcome outcome, ToLongFunction<TierInterval> counter) {
    if (scope.request().isPresent()) {
      return latencies(outcome, Phase.WHOLE).count();
    }
    return intervals().stream()
        .flatMap(interval -> scope.tiers().stream().map(interval::tier))
        .mapToLong(counter)
        .sum();
  }
}
