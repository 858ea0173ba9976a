package io.tidegate.loadtest.arrival.open;

/** The standard normal distribution, turned around. */
final class NormalQuantile {

  private static final int HALVINGS = 60;
  private static final double FARTHEST = 8;

  private NormalQuantile() {}

  /** The point below which that share of the distribution lies, by halving; within -8 to 8. */
  static double of(double share) {
    double low = -FARTHEST;
    double high = FARTHEST;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (cumulative(middle) < share) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /**
   * The share of the distribution below a point, to seven digits: Abramowitz and Stegun, "Handbook
   * of Mathematical Functions", 26.2.17.
   */
  static double cumulative(double point) {
    double t = 1 / (1 + 0.2316419 * Math.abs(point));
    double density = Math.exp(-point * point / 2) / Math.sqrt(2 * Math.PI);
    double beyond =
        density
            * t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    return point < 0 ? beyond : 1 - beyond;
  }
}
