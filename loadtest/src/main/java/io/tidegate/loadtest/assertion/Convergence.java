package io.tidegate.loadtest.assertion;

import io.tidegate.loadtest.record.result.Distribution;
import io.tidegate.loadtest.record.result.Interval;
import io.tidegate.loadtest.record.result.RunData.Mark;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How the time to the first token settles after a step of the load.
 *
 * @param seconds from the step to the first moment from which it stays within the objective
 * @param overshootMillis how far it went above before that
 * @param areaSeconds by how much and how long, in seconds times seconds
 */
record Convergence(double seconds, double overshootMillis, double areaSeconds) {

  private static final double PERCENTILE = 99;

  /**
   * What happened after the last mark of the run, or its start where there is none. A second
   * without any first token says nothing and neither breaks nor proves that it stays.
   *
   * @param staysForSeconds how long it must stay within
   * @return empty if it did not settle, or nothing was measured
   */
  static Optional<Convergence> of(Slice slice, long objectiveNanos, long staysForSeconds) {
    long mark =
        slice.run().marks().stream()
            .mapToLong(Mark::nanos)
            .map(TimeUnit.NANOSECONDS::toSeconds)
            .max()
            .orElse(0);
    List<Interval> after =
        slice.intervals().stream().filter(interval -> interval.second() >= mark).toList();
    long settledAt = mark;
    double overshoot = 0;
    double area = 0;
    boolean seen = false;
    for (Interval interval : after) {
      Distribution first = firstTokens(slice, interval);
      if (first.count() == 0) {
        continue;
      }
      long end = interval.second() + interval.seconds();
      if (seen && interval.second() - settledAt >= staysForSeconds) {
        break;
      }
      seen = true;
      long above = first.percentileNanos(PERCENTILE) - objectiveNanos;
      if (above > 0) {
        settledAt = end;
        overshoot = Math.max(overshoot, AssertionScope.millis(above));
        area += above / 1e9 * interval.seconds();
      }
    }
    long known = after.isEmpty() ? mark : end(after.get(after.size() - 1));
    return seen && known - settledAt >= staysForSeconds
        ? Optional.of(new Convergence((double) (settledAt - mark), overshoot, area))
        : Optional.empty();
  }

  private static long end(Interval interval) {
    return interval.second() + interval.seconds();
  }

  private static Distribution firstTokens(Slice slice, Interval interval) {
    return slice.scope().tiers().stream()
        .map(tier -> interval.tier(tier).firstToken())
        .reduce(Distribution.none(), Distribution::plus);
  }
}
