package io.tidegate.loadtest.arrival.open;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A rate of arrivals over time, linear between its points; two points at one time are a jump.
 *
 * <p>The curve is used through its integral: the n-th user arrives when the integral reaches n.
 * Turned around like this, a process of unit rate becomes one of any changing rate without losing
 * its character (time change of a renewal process; Çınlar, "Introduction to Stochastic Processes",
 * 1975, section 4.7).
 *
 * <p>Immutable.
 */
final class RateCurve {

  private static final double NANOS_PER_SECOND = 1e9;

  /** The rate at a moment. */
  record Point(long nanos, double perSecond) {
    Point {
      if (nanos < 0 || !(perSecond >= 0) || Double.isInfinite(perSecond)) {
        throw new IllegalArgumentException(
            "a rate must be a number of users per second, 0 or more, not " + perSecond);
      }
    }
  }

  private final List<Point> points;
  private final List<Double> usersUntil = new ArrayList<>();

  RateCurve(List<Point> points) {
    if (points.size() < 2) {
      throw new IllegalArgumentException("a rate over time needs at least two points");
    }
    this.points = List.copyOf(points);
    double users = 0;
    usersUntil.add(users);
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i).nanos < points.get(i - 1).nanos) {
        throw new IllegalArgumentException("points of a rate must be in the order of time");
      }
      double meanRate = (points.get(i - 1).perSecond + points.get(i).perSecond) / 2;
      users += meanRate * seconds(i - 1);
      usersUntil.add(users);
    }
  }

  static RateCurve line(double from, double to, long durationNanos) {
    return new RateCurve(List.of(new Point(0, from), new Point(durationNanos, to)));
  }

  long durationNanos() {
    return points.get(points.size() - 1).nanos;
  }

  /** How many users the whole curve stands for, with a fraction. */
  double users() {
    return usersUntil.get(usersUntil.size() - 1);
  }

  /** When so many have arrived: 0 to {@link #users}. */
  long nanosAt(double users) {
    int segment = segmentOf(users);
    double left = users - usersUntil.get(segment);
    double rate = points.get(segment).perSecond;
    double length = seconds(segment);
    double slope = length == 0 ? 0 : (points.get(segment + 1).perSecond - rate) / length;
    // The root of rate x + slope x^2 / 2 = left, in the form that does not cancel.
    double root = rate + Math.sqrt(Math.max(0, rate * rate + 2 * slope * left));
    double seconds = root == 0 ? 0 : Math.min(length, 2 * left / root);
    return points.get(segment).nanos + Math.round(seconds * NANOS_PER_SECOND);
  }

  private int segmentOf(double users) {
    int found = Collections.binarySearch(usersUntil, users);
    int segment = found >= 0 ? found : -found - 2;
    // Whoever is due at the beginning of an idle stretch is due at its end.
    while (segment < points.size() - 2 && usersUntil.get(segment + 1) <= users) {
      segment++;
    }
    return Math.min(segment, points.size() - 2);
  }

  private double seconds(int segment) {
    return (points.get(segment + 1).nanos - points.get(segment).nanos) / NANOS_PER_SECOND;
  }
}
