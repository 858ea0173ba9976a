package io.tidegate.loadtest.arrival.closed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The steps of closed arrivals under Gatling's names. */
public final class ClosedSteps {

  private ClosedSteps() {}

  /** The same number of users all the time. */
  public static Over constantConcurrentUsers(int users) {
    return duration -> List.of(new ClosedStep(users, users, duration.toNanos()));
  }

  /** A number of users that changes evenly. */
  public static To rampConcurrentUsers(int from) {
    return to -> duration -> List.of(new ClosedStep(from, to, duration.toNanos()));
  }

  /** A number of users that climbs in levels. */
  public static Levels incrementConcurrentUsers(int increment) {
    return new Levels(increment, 1, Duration.ofSeconds(1), Duration.ZERO, 0);
  }

  /** A step that still needs to know how long it lasts. */
  @FunctionalInterface
  public interface Over {
    List<ClosedStep> during(Duration duration);

    /** The same in seconds. */
    default List<ClosedStep> during(long seconds) {
      return during(Duration.ofSeconds(seconds));
    }
  }

  /** A step that still needs to know where it goes. */
  @FunctionalInterface
  public interface To {
    Over to(int users);
  }

  /**
   * Levels of users, with ramps between them if wished; the first is the starting number, or the
   * increment when none is given.
   */
  public record Levels(int increment, int levels, Duration level, Duration ramp, int start) {

    public Levels {
      if (increment < 1 || levels < 1 || start < 0) {
        throw new IllegalArgumentException("levels need an increment above 0, and to be some");
      }
    }

    public Levels times(int newLevels) {
      return new Levels(increment, newLevels, level, ramp, start);
    }

    public Levels eachLevelLasting(Duration duration) {
      return new Levels(increment, levels, duration, ramp, start);
    }

    public Levels separatedByRampsLasting(Duration duration) {
      return new Levels(increment, levels, level, duration, start);
    }

    public Levels startingFrom(int users) {
      return new Levels(increment, levels, level, ramp, users);
    }

    /** The levels as stretches, one after the other. */
    public List<ClosedStep> steps() {
      List<ClosedStep> steps = new ArrayList<>();
      int first = start > 0 ? start : increment;
      for (int n = 0; n < levels; n++) {
        int users = first + n * increment;
        if (n > 0 && !ramp.isZero()) {
          steps.add(new ClosedStep(users - increment, users, ramp.toNanos()));
        }
        steps.add(new ClosedStep(users, users, level.toNanos()));
      }
      return List.copyOf(steps);
    }
  }
}
