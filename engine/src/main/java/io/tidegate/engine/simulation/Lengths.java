package io.tidegate.engine.simulation;

import java.util.Random;

/**
 * How long prompts and answers are: their logarithms are normal, fitted to the means and the
 * longest of a published trace of conversations (Azure LLM inference trace 2023, conversation
 * service: prompts 1,155 tokens in the mean and 14,050 at most, answers 211 and 1,000).
 */
final class Lengths {
  private static final double PROMPT_MEDIAN = 930;
  private static final double PROMPT_SIGMA = .68;
  private static final int PROMPT_MOST = 14_050;
  private static final double ANSWER_MEDIAN = 147;
  private static final double ANSWER_SIGMA = .85;
  private static final int ANSWER_MOST = 1_000;
  private static final int SAMPLES = 200_000;

  private static final double MEAN_PROMPT;
  private static final double MEAN_ANSWER;

  static {
    Random random = new Random(0);
    long prompts = 0;
    long answers = 0;
    for (int sample = 0; sample < SAMPLES; sample++) {
      prompts += prompt(random);
      answers += answer(random);
    }
    MEAN_PROMPT = (double) prompts / SAMPLES;
    MEAN_ANSWER = (double) answers / SAMPLES;
  }

  private Lengths() {}

  static int prompt(Random random) {
    return lognormal(random, PROMPT_MEDIAN, PROMPT_SIGMA, PROMPT_MOST);
  }

  static int answer(Random random) {
    return lognormal(random, ANSWER_MEDIAN, ANSWER_SIGMA, ANSWER_MOST);
  }

  static double meanPrompt() {
    return MEAN_PROMPT;
  }

  static double meanAnswer() {
    return MEAN_ANSWER;
  }

  private static int lognormal(Random random, double median, double sigma, int most) {
    double length = median * Math.exp(sigma * random.nextGaussian());
    return (int) Math.max(2, Math.min(most, Math.round(length)));
  }
}
