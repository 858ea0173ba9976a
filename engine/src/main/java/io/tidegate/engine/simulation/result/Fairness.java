package io.tidegate.engine.simulation.result;

import java.util.Arrays;

/**
 * How evenly what was served is spread over those who asked.
 *
 * <p><b>Source:</b> Jain, Chiu and Hawe, A Quantitative Measure of Fairness (DEC-TR-301, 1984);
 * shares that are fair in the sense of max-min.
 */
public final class Fairness {
  private Fairness() {}

  /**
   * Jain's index of what each was served over their fair share; 1 where all have theirs.
   *
   * @param asked what each asked for
   * @param served what each was given
   */
  public static double jain(long[] asked, long[] served) {
    double level = level(asked, Arrays.stream(served).sum());
    double sum = 0;
    double squares = 0;
    int those = 0;
    for (int each = 0; each < asked.length; each++) {
      double fair = Math.min((double) asked[each], level);
      if (fair > 0) {
        double share = served[each] / fair;
        sum += share;
        squares += share * share;
        those++;
      }
    }
    return squares == 0 ? 1 : sum * sum / (those * squares);
  }

  /** The most anybody is given when so much is shared out and nobody gets more than they ask. */
  static double level(long[] asked, long total) {
    long[] sorted = asked.clone();
    Arrays.sort(sorted);
    double left = total;
    for (int each = 0; each < sorted.length; each++) {
      double equal = left / (sorted.length - each);
      if (sorted[each] >= equal) {
        return equal;
      }
      left -= sorted[each];
    }
    return sorted.length == 0 ? 0 : sorted[sorted.length - 1];
  }
}
