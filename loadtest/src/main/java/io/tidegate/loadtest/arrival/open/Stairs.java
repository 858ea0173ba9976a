package io.tidegate.loadtest.arrival.open;

import io.tidegate.loadtest.arrival.Arrivals;
import io.tidegate.loadtest.arrival.open.RateCurve.Point;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.SplittableRandom;

/**
 * A rate that climbs in levels, with ramps between them if wished. The first level is the starting
 * rate, or the increment when none is given.
 *
 * @param increment users per second from one level to the next
 * @param levels how many
 * @param levelNanos how long each lasts
 * @param rampNanos from one to the next
 * @param startingRate of the first level; 0: none is given
 */
public record Stairs(
    double increment, int levels, long levelNanos, long rampNanos, double startingRate)
    implements Arrivals {

  public Stairs {
    if (!(increment > 0) || levels < 1 || levelNanos < 1 || rampNanos < 0 || !(startingRate >= 0)) {
      throw new IllegalArgumentException(
          "levels need an increment above 0, to be one or more, and to last");
    }
  }

  static Stairs of(double increment) {
    return new Stairs(increment, 1, Duration.ofSeconds(1).toNanos(), 0, 0);
  }

  public Stairs times(int newLevels) {
    return new Stairs(increment, newLevels, levelNanos, rampNanos, startingRate);
  }

  public Stairs eachLevelLasting(Duration duration) {
    return new Stairs(increment, levels, OpenSteps.nanos(duration), rampNanos, startingRate);
  }

  public Stairs separatedByRampsLasting(Duration duration) {
    return new Stairs(increment, levels, levelNanos, OpenSteps.nanos(duration), startingRate);
  }

  public Stairs startingFrom(double rate) {
    return new Stairs(increment, levels, levelNanos, rampNanos, rate);
  }

  /** The same rates as a Poisson process. */
  public RateArrivals randomized() {
    return arrivals().randomized();
  }

  @Override
  public long durationNanos() {
    return arrivals().durationNanos();
  }

  @Override
  public PrimitiveIterator.OfLong fireTimes(SplittableRandom random) {
    return arrivals().fireTimes(random);
  }

  private RateArrivals arrivals() {
    List<Point> points = new ArrayList<>();
    double first = startingRate > 0 ? startingRate : increment;
    long nanos = 0;
    for (int level = 0; level < levels; level++) {
      double rate = first + level * increment;
      points.add(new Point(nanos, rate));
      nanos += levelNanos;
      points.add(new Point(nanos, rate));
      nanos += rampNanos;
    }
    return new RateArrivals(new RateCurve(points), List.of());
  }
}
