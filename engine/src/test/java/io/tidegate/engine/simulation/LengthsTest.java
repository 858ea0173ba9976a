package io.tidegate.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lengths and gaps have the distribution that is claimed for them. */
class LengthsTest {
  private static final int SAMPLES = 100_000;

  @Test
  void areAsLongInTheMeanAsTheTraceTheyAreFittedTo() {
    assertThat(Lengths.meanPrompt()).isBetween(1_155 * .95, 1_155 * 1.05);
    assertThat(Lengths.meanAnswer()).isBetween(211 * .95, 211 * 1.05);
  }

  @Test
  void spreadLikeTheTrace() {
    int[] prompts = sorted(Lengths::prompt);
    int[] answers = sorted(Lengths::answer);

    assertThat(prompts[SAMPLES / 2]).isBetween(880, 1_060);
    assertThat(prompts[SAMPLES * 9 / 10]).isBetween(2_000, 2_900);
    assertThat(prompts[SAMPLES - 1]).isLessThanOrEqualTo(14_050);
    assertThat(answers[SAMPLES * 9 / 10]).isBetween(390, 460);
    assertThat(answers[SAMPLES - 1]).isEqualTo(1_000);
    assertThat(answers[0]).isGreaterThanOrEqualTo(2);
  }

  @Test
  void gammaNumbersHaveTheirMeanAndSpread() {
    Random random = new Random(7);
    for (double shape : new double[] {.25, 1, 4}) {
      double sum = 0;
      double squares = 0;
      for (int sample = 0; sample < SAMPLES; sample++) {
        double number = Gamma.sample(random, shape);
        sum += number;
        squares += number * number;
      }
      double mean = sum / SAMPLES;
      double variance = squares / SAMPLES - mean * mean;
      assertThat(mean).as("mean of shape %s", shape).isBetween(shape * .96, shape * 1.04);
      assertThat(variance).as("variance of shape %s", shape).isBetween(shape * .9, shape * 1.1);
    }
  }

  private interface Length {
    int of(Random random);
  }

  private static int[] sorted(Length length) {
    Random random = new Random(3);
    return IntStream.range(0, SAMPLES).map(sample -> length.of(random)).sorted().toArray();
  }
}
