package io.tidegate.loadtest.arrival.open;

import io.tidegate.loadtest.arrival.Arrivals;
import io.tidegate.loadtest.arrival.open.RateCurve.Point;
import java.time.Duration;
import java.util.List;

/**
 * The steps of open arrivals under Gatling's names, and two of our own. Durations are more than 0,
 * counts 0 or more, rates in users per second, 0 or more; anything else is an {@link
 * IllegalArgumentException}.
 */
public final class OpenSteps {

  private OpenSteps() {}

  /** Nobody, for a while. */
  public static Arrivals nothingFor(Duration duration) {
    return CountArrivals.none(nanos(duration));
  }

  /** All of them in one moment; the step takes no time. */
  public static Arrivals atOnceUsers(long users) {
    return CountArrivals.atOnce(count(users));
  }

  /** So many users, evenly over a stretch. */
  public static Over<Arrivals> rampUsers(long users) {
    return duration -> CountArrivals.evenly(count(users), nanos(duration));
  }

  /** So many users in a bell-shaped peak around the middle of a stretch. */
  public static Over<Arrivals> stressPeakUsers(long users) {
    return duration -> CountArrivals.peak(count(users), nanos(duration));
  }

  public static Over<RateArrivals> constantUsersPerSec(double rate) {
    return rampUsersPerSec(rate).to(rate);
  }

  /** A rate that changes evenly. */
  public static To<Over<RateArrivals>> rampUsersPerSec(double from) {
    return to -> duration -> new RateArrivals(RateCurve.line(from, to, nanos(duration)), List.of());
  }

  /** A rate that jumps at a moment, which is marked: reactions are measured from there. */
  public static To<At> stepUsersPerSec(double before) {
    return after -> at -> duration -> step(before, after, nanos(at), nanos(duration));
  }

  /** A rate that climbs in levels. */
  public static Stairs incrementUsersPerSec(double increment) {
    return Stairs.of(increment);
  }

  private static RateArrivals step(double before, double after, long atNanos, long nanos) {
    if (atNanos >= nanos) {
      throw new IllegalArgumentException("a step must come before its stretch ends");
    }
    RateCurve curve =
        new RateCurve(
            List.of(
                new Point(0, before),
                new Point(atNanos, before),
                new Point(atNanos, after),
                new Point(nanos, after)));
    return new RateArrivals(curve, List.of(atNanos));
  }

  static long nanos(Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("a duration must be more than 0, not " + duration);
    }
    return duration.toNanos();
  }

  private static long count(long users) {
    if (users < 0) {
      throw new IllegalArgumentException("a number of users must be 0 or more, not " + users);
    }
    return users;
  }

  /** A step that still needs to know how long it lasts. */
  @FunctionalInterface
  public interface Over<T> {
    T during(Duration duration);

    /** The same in seconds. */
    default T during(long seconds) {
      return during(Duration.ofSeconds(seconds));
    }
  }

  /** A step that still needs to know where it goes. */
  @FunctionalInterface
  public interface To<T> {
    T to(double rate);
  }

  /** A step that still needs to know when it happens. */
  @FunctionalInterface
  public interface At {
    Over<RateArrivals> at(Duration moment);
  }
}
