package io.tidegate.loadtest.record.result;

/**
 * Requests that were sent twice in one run, to the target and around it, each timed from being
 * written to its connection. All four hold the same number of requests.
 *
 * @param throughFirstToken to the first token, through the target
 * @param directFirstToken to the first token, around it
 * @param throughWhole to the end, through the target
 * @param directWhole to the end, around it
 */
public record Paired(
    Distribution throughFirstToken,
    Distribution directFirstToken,
    Distribution throughWhole,
    Distribution directWhole) {

  /** Nothing was sent twice. */
  public static Paired none() {
    Distribution none = Distribution.none();
    return new Paired(none, none, none, none);
  }

  /** How many pairs there are. */
  public long pairs() {
    return directWhole.count();
  }

  /**
   * By how much a percentile of the time to first token is longer through the target than around
   * it, in microseconds; less than 0 if it is shorter.
   */
  public double addedFirstTokenMicros(double percentile) {
    return addedMicros(throughFirstToken, directFirstToken, percentile);
  }

  /** The same of whole answers. */
  public double addedWholeMicros(double percentile) {
    return addedMicros(throughWhole, directWhole, percentile);
  }

  private static double addedMicros(Distribution through, Distribution direct, double percentile) {
    return (through.percentileNanos(percentile) - direct.percentileNanos(percentile)) / 1e3;
  }
}
