package io.tidegate.loadtest.record.result;

/**
 * What a distribution is of.
 *
 * @param request the name of the request in the scenario
 * @param tier the name of the tier
 * @param outcome how they ended
 * @param phase what is measured
 */
public record Series(String request, String tier, Outcome outcome, Phase phase) {

  /** A series with its latencies over the whole run. */
  public record Of(Series series, Distribution latencies) {}
}
