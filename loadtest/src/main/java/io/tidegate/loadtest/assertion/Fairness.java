package io.tidegate.loadtest.assertion;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Jain's index: the square of the sum over n times the sum of the squares (R. Jain, D. Chiu, W.
 * Hawe, "A quantitative measure of fairness and discrimination", DEC-TR-301, 1984).
 */
final class Fairness {

  private Fairness() {}

  /** From 1/n to 1; empty where nobody was served. */
  static OptionalDouble index(List<Long> served) {
    double sum = 0;
    double squares = 0;
    for (long count : served) {
      sum += count;
      squares += (double) count * count;
    }
    return squares == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(sum * sum / (served.size() * squares));
  }
}
