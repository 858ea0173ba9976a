package io.tidegate.engine.simulation.sales;

import java.util.Random;

/**
 * How use goes up and down: by the hour of the day, by the day of the week, and by chance, which is
 * a part that lasts some hours and one that lasts a minute.
 */
final class Rhythm {
  /** Use in the busy hours of a working day over its mean. */
  static final double BUSY = 1.55;

  private static final double DAILY = .45;
  private static final double WEEKEND = .75;
  // So that a week has the mean 1.
  private static final double LEVEL = 7 / (5 + 2 * WEEKEND);
  private static final double LASTING = .03;
  private static final double LASTING_HOURS = 6;

  private final Random random;
  private double lasting;

  Rhythm(Random random) {
    this.random = random;
  }

  /** The next minute's use over its mean, by chance. */
  double next(double day) {
    double kept = Math.exp(-1 / (60 * LASTING_HOURS));
    lasting = kept * lasting + Math.sqrt(1 - kept * kept) * LASTING * random.nextGaussian();
    return expected(day) * Math.max(0, 1 + lasting);
  }

  /**
   * What is to be expected: least before dawn, most in the afternoon, less on two days of seven.
   */
  static double expected(double day) {
    double hour = 24 * (day - Math.floor(day));
    boolean weekend = Math.floorMod((long) Math.floor(day), 7L) >= 5;
    double ofDay = 1 + DAILY * Math.cos(2 * Math.PI * (hour - 15) / 24);
    return LEVEL * (weekend ? WEEKEND : 1) * ofDay;
  }
}
