package io.tidegate.engine.simulation;

import java.util.Random;

/**
 * Numbers of a gamma distribution.
 *
 * <p><b>Source:</b> Marsaglia and Tsang, A Simple Method for Generating Gamma Variables, ACM
 * Transactions on Mathematical Software 26 (2000).
 */
final class Gamma {
  private Gamma() {}

  /** A number of the distribution with that shape, above 0, and scale 1. */
  static double sample(Random random, double shape) {
    if (shape < 1) {
      return sample(random, shape + 1) * Math.pow(1 - random.nextDouble(), 1 / shape);
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double v = Math.pow(1 + c * x, 3);
      if (v > 0 && Math.log(1 - random.nextDouble()) < x * x / 2 + d - d * v + d * Math.log(v)) {
        return d * v;
      }
    }
  }
}
