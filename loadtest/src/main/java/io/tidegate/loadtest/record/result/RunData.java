package io.tidegate.loadtest.record.result;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * All that is known of a run: what a report draws and assertions judge.
 *
 * @param manifest what was run
 * @param tiers the names of the tiers, best first
 * @param intervals in the order of time, without gaps, all of the same length but the last
 * @param latencies of the whole run, by request, tier, outcome and phase
 * @param totals by tier
 * @param inversions every second that saw a priority inversion
 * @param marks moments at which something changed on purpose, in the order of time
 * @param health whether it can be believed
 * @param cutShort whether it was ended before its end
 * @param paired requests that were sent around the target too
 */
public record RunData(
    Manifest manifest,
    List<String> tiers,
    List<Interval> intervals,
    List<Series.Of> latencies,
    Map<String, TierTotals> totals,
    List<InversionWindow> inversions,
    List<Mark> marks,
    GeneratorHealth health,
    boolean cutShort,
    Paired paired) {

  public RunData {
    // A run that was recorded before there were pairs and marks has none.
    paired = paired == null ? Paired.none() : paired;
    marks = marks == null ? List.of() : List.copyOf(marks);
  }

  /**
   * A moment of a run at which something changed on purpose.
   *
   * @param nanos from the start of the run, 0 or more
   * @param label what changed, in a word or three: it is written into charts
   */
  public record Mark(long nanos, String label) {}

  /** One tier over the whole run. */
  public TierTotals total(String tier) {
    return totals.getOrDefault(tier, TierTotals.NOTHING);
  }

  /** The latencies of every series that is wanted, as one distribution. */
  public Distribution latencies(Predicate<Series> wanted) {
    return latencies.stream()
        .filter(entry -> wanted.test(entry.series()))
        .map(Series.Of::latencies)
        .reduce(Distribution.none(), Distribution::plus);
  }

  /** One phase of one tier's requests that ended in one way. */
  public Distribution latencies(String tier, Outcome outcome, Phase phase) {
    return latencies(
        series ->
            series.tier().equals(tier) && series.outcome() == outcome && series.phase() == phase);
  }

  /** The names of all requests that were sent. */
  public Set<String> requests() {
    return latencies.stream()
        .map(entry -> entry.series().request())
        .collect(java.util.stream.Collectors.toCollection(java.util.TreeSet::new));
  }
}
