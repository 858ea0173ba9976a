package io.tidegate.loadtest.backend.capacity;

import java.util.random.RandomGenerator;

/**
 * How long answers are, in tokens: log-normal, as lengths of chat answers roughly are, cut at both
 * ends.
 *
 * @param meanTokens the mean before the cut, 1 to {@code maxTokens}
 * @param spread the standard deviation of the logarithm, 0 (all answers alike) to 3
 * @param maxTokens the longest answer, 1 to {@value #MAX_TOKENS}
 */
public record AnswerLengths(int meanTokens, double spread, int maxTokens) {

  /** The longest answer that can be asked for, by settings or by script. */
  public static final int MAX_TOKENS = 1_000_000;

  private static final double MAX_SPREAD = 3;

  public AnswerLengths {
    Bounds.check("maxTokens", maxTokens, 1, MAX_TOKENS);
    Bounds.check("meanTokens", meanTokens, 1, maxTokens);
    if (!(spread >= 0 && spread <= MAX_SPREAD)) {
      throw new IllegalArgumentException("spread must be 0 to " + MAX_SPREAD + ", was " + spread);
    }
  }

  /** The same lengths around another mean; the longest answer grows with it where it must. */
  public AnswerLengths withMeanTokens(int tokens) {
    return new AnswerLengths(tokens, spread, Math.max(maxTokens, tokens));
  }

  public AnswerLengths withSpread(double newSpread) {
    return new AnswerLengths(meanTokens, newSpread, maxTokens);
  }

  /** One answer's length in tokens. */
  public int sample(RandomGenerator random) {
    double logMean = Math.log(meanTokens) - spread * spread / 2;
    double tokens = Math.exp(logMean + spread * random.nextGaussian());
    return (int) Math.max(1, Math.min(maxTokens, Math.round(tokens)));
  }

  /**
   * The mean length of the answers found running at one moment. It is above the mean of all
   * answers, because a long answer is there to be found for longer: E[L²] / E[L].
   */
  double meanRunningTokens() {
    return meanTokens * Math.exp(spread * spread);
  }
}
