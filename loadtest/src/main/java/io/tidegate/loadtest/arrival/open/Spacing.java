package io.tidegate.loadtest.arrival.open;

import java.util.SplittableRandom;

/**
 * How users keep apart at a given rate: the gaps of a process of rate one.
 *
 * <p>{@link Even} gaps are all the same. {@link Gamma} gaps are drawn from a gamma distribution of
 * mean 1: with shape 1 it is a Poisson process, below 1 users come in bursts (the coefficient of
 * variation is one over the root of the shape), above 1 they are more regular. This is the knob
 * that other serving benchmarks call burstiness.
 */
sealed interface Spacing {

  /** Where the first user stands, counted in users. */
  double first(SplittableRandom random);

  /** From one user to the next. */
  double gap(SplittableRandom random);

  /** The same distance between all. */
  enum Even implements Spacing {
    INSTANCE;

    @Override
    public double first(SplittableRandom random) {
      return 0;
    }

    @Override
    public double gap(SplittableRandom random) {
      return 1;
    }
  }

  /**
   * Random distances.
   *
   * @param shape more than 0
   */
  record Gamma(double shape) implements Spacing {

    static final Gamma POISSON = new Gamma(1);

    private static final double MAX_SHAPE = 1e6;

    public Gamma {
      if (!(shape > 0 && shape <= MAX_SHAPE)) {
        throw new IllegalArgumentException(
            "burstiness must be more than 0 and at most %.0f, not %s".formatted(MAX_SHAPE, shape));
      }
    }

    @Override
    public double first(SplittableRandom random) {
      return gap(random);
    }

    @Override
    public double gap(SplittableRandom random) {
      if (shape == 1) {
        return -Math.log(1 - random.nextDouble());
      }
      // A shape below 1 is drawn one higher and taken down by a power of a uniform number.
      double drawn =
          shape > 1
              ? draw(shape, random)
              : draw(shape + 1, random) * Math.pow(1 - random.nextDouble(), 1 / shape);
      return drawn / shape;
    }

    /**
     * Marsaglia and Tsang, "A simple method for generating gamma variables", 2000; shape above 1.
     */
    private static double draw(double shape, SplittableRandom random) {
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
}
