package io.tidegate.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Gamma-distributed numbers are what they are to be. */
class GammaTest {
  private static final int SAMPLES = 100_000;

  @Test
  void numbersHaveTheirMeanAndSpread() {
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
}
