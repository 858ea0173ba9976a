package io.tidegate.engine.simulation.scenario;

import java.util.Arrays;
import java.util.Random;

/**
 * How long prompts or answers are, in tokens: a distribution given by some of its quantiles, with
 * straight lines between them. Immutable.
 */
public final class Lengths {
  private final double[] shares;
  private final double[] tokens;

  private Lengths(double[] shares, double[] tokens) {
    this.shares = shares;
    this.tokens = tokens;
    int last = shares.length - 1;
    if (last < 1 || tokens.length != shares.length || shares[0] != 0 || shares[last] != 1) {
      throw new IllegalArgumentException("quantiles go from 0 to 1, with a length for each");
    }
    for (int i = 0; i <= last; i++) {
      if (tokens[i] < 1 || (i > 0 && (shares[i] <= shares[i - 1] || tokens[i] < tokens[i - 1]))) {
        throw new IllegalArgumentException("the quantile at " + shares[i] + " is out of order");
      }
    }
  }

  /**
   * A distribution by its quantiles.
   *
   * @param shares rising from 0 to 1
   * @param tokens the length that this share of all does not exceed; at least 1, never falling
   */
  static Lengths ofQuantiles(double[] shares, double[] tokens) {
    return new Lengths(shares.clone(), tokens.clone());
  }

  /** The distribution of lengths that were seen, at least two. */
  static Lengths ofSamples(int[] seen) {
    int[] sorted = seen.clone();
    Arrays.sort(sorted);
    double[] shares = new double[sorted.length];
    double[] tokens = new double[sorted.length];
    for (int i = 0; i < sorted.length; i++) {
      shares[i] = i / (double) (sorted.length - 1);
      tokens[i] = sorted[i];
    }
    return new Lengths(shares, tokens);
  }

  /** One length. */
  public int draw(Random random) {
    return at(random.nextDouble());
  }

  /** The length that this share of all does not exceed, in whole tokens. */
  int at(double share) {
    int place = Arrays.binarySearch(shares, share);
    if (place >= 0) {
      return (int) Math.round(tokens[place]);
    }
    int above = -place - 1;
    int below = above - 1;
    double part = (share - shares[below]) / (shares[above] - shares[below]);
    return (int) Math.round(tokens[below] + part * (tokens[above] - tokens[below]));
  }

  /** The mean length. */
  public double mean() {
    double sum = 0;
    for (int i = 1; i < shares.length; i++) {
      sum += (shares[i] - shares[i - 1]) * (tokens[i] + tokens[i - 1]) / 2;
    }
    return sum;
  }
}
