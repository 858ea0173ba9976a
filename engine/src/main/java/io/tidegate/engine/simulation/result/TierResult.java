package io.tidegate.engine.simulation.result;

import java.util.List;

/**
 * What became of one tier's requests in a run.
 *
 * @param offered requests that asked, the warm-up left out
 * @param admitted requests that were let in, the warm-up left out
 * @param firstTokenSeconds the 99th percentile from asking to the first token; 0 without any
 * @param admittedBySecond requests let in during each second, the warm-up's too
 * @param refusedBySecond requests refused during each second, the warm-up's too
 */
public record TierResult(
    long offered,
    long admitted,
    double firstTokenSeconds,
    List<Long> admittedBySecond,
    List<Long> refusedBySecond) {

  public TierResult {
    admittedBySecond = List.copyOf(admittedBySecond);
    refusedBySecond = List.copyOf(refusedBySecond);
  }

  /** The part that was let in; 1 where nobody asked. */
  public double served() {
    return offered == 0 ? 1 : (double) admitted / offered;
  }
}
