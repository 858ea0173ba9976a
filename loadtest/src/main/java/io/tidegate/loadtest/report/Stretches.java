package io.tidegate.loadtest.report;

import io.tidegate.loadtest.record.result.Interval;
import io.tidegate.loadtest.report.PageData.Stretch;
import java.util.ArrayList;
import java.util.List;

/**
 * A run in as many pieces as a page can bear: neighbouring intervals become one until there are no
 * more of them than pixels across a chart, and until their latencies fit.
 */
final class Stretches {

  private static final int MAX_STRETCHES = 900;
  private static final int FEW_STRETCHES = 60;

  /** Some eight megabytes of page: a day under load would take up many more. */
  private static final long MAX_NUMBERS = 2_000_000;

  private Stretches() {}

  static List<Stretch> of(List<Interval> intervals, List<String> tiers) {
    return of(intervals, tiers, MAX_NUMBERS);
  }

  /**
   * @param maxNumbers how many numbers all latencies may take up together, unless there are few
   *     stretches left
   */
  static List<Stretch> of(List<Interval> intervals, List<String> tiers, long maxNumbers) {
    List<Interval> fitting = atMost(intervals, MAX_STRETCHES);
    List<Stretch> stretches = told(fitting, tiers);
    while (numbers(stretches) > maxNumbers && fitting.size() > FEW_STRETCHES) {
      fitting = atMost(fitting, (fitting.size() + 1) / 2);
      stretches = told(fitting, tiers);
    }
    return stretches;
  }

  private static List<Stretch> told(List<Interval> intervals, List<String> tiers) {
    return intervals.stream().map(interval -> Stretch.of(interval, tiers)).toList();
  }

  private static List<Interval> atMost(List<Interval> intervals, int most) {
    int fold = Math.max(1, (intervals.size() + most - 1) / most);
    List<Interval> fewer = new ArrayList<>();
    for (int from = 0; from < intervals.size(); from += fold) {
      int to = Math.min(intervals.size(), from + fold);
      intervals.subList(from, to).stream().reduce(Interval::plus).ifPresent(fewer::add);
    }
    return fewer;
  }

  private static long numbers(List<Stretch> stretches) {
    return stretches.stream()
        .flatMap(stretch -> stretch.tiers().stream())
        .mapToLong(tier -> tier.firstToken().counts().size())
        .sum();
  }
}
