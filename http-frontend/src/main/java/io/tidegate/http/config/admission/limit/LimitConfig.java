package io.tidegate.http.config.admission.limit;

import io.tidegate.engine.limit.Objective;
import io.tidegate.http.config.yaml.Range;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * How many seats may be taken at once.
 *
 * @param mode where the number comes from
 * @param seats where the adaptive limit starts, or the fixed limit itself, or what is enforced in
 *     the shadow; empty: open at {@code max}, or in the shadow nothing. A fixed limit has them
 * @param min the adaptive limit is never lower, 1 to 1000000
 * @param max nor higher, 1 to 1000000
 * @param reserve seats only the best tier may take, at most {@link #largestReserve} of a fixed
 *     limit; empty: as many as its arrivals need
 * @param objective what answers are to keep to
 * @param models what those of some models are to keep to instead; the first that fits counts
 * @param maxWaitingPerClass how many requests of one class may wait at once, 1 to 1000000
 */
public record LimitConfig(
    LimitMode mode,
    OptionalInt seats,
    int min,
    int max,
    OptionalInt reserve,
    Objective objective,
    List<ModelObjective> models,
    int maxWaitingPerClass) {

  /** What can be a number of seats at all. */
  public static final Range SEATS = new Range(1, 1_000_000);

  static final Range RESERVE = new Range(0, 300_000);
  static final Range MAX_WAITING = new Range(1, 1_000_000);
  static final int MODEL_OBJECTIVES = 64;
  static final Duration SHORTEST_OBJECTIVE = Duration.ofMillis(1);
  static final Duration LONGEST_OBJECTIVE = Duration.ofMinutes(10);
  static final int DEFAULT_MIN = 8;
  static final int DEFAULT_MAX = 4_000;
  static final int DEFAULT_MAX_WAITING = 10_000;

  public LimitConfig {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(objective, "objective");
    models = List.copyOf(models);
    SEATS.check("limit.min", min);
    SEATS.check("limit.max", max);
    new Range(1, max).check("limit.min", min);
    if (seats.isPresent()) {
      SEATS.check("limit.seats", seats.getAsInt());
      if (mode == LimitMode.ADAPTIVE) {
        new Range(min, max).check("limit.seats", seats.getAsInt());
      }
    } else if (mode == LimitMode.FIXED) {
      throw new IllegalArgumentException("limit.seats: is missing");
    }
    MAX_WAITING.check("limit.max_waiting_per_class", maxWaitingPerClass);
    if (reserve.isPresent()) {
      reserveRange(mode, seats).check("limit.reserve", reserve.getAsInt());
    }
  }

  /** Nobody is capped by surprise: nothing is enforced until somebody names a number. */
  public static LimitConfig shadow() {
    return new LimitConfig(
        LimitMode.SHADOW,
        OptionalInt.empty(),
        DEFAULT_MIN,
        DEFAULT_MAX,
        OptionalInt.empty(),
        Objective.defaults(),
        List.of(),
        DEFAULT_MAX_WAITING);
  }

  /** So many seats, with the reserve that the best tier's arrivals need. */
  public static LimitConfig fixed(int seats) {
    return new LimitConfig(
        LimitMode.FIXED,
        OptionalInt.of(seats),
        Math.min(DEFAULT_MIN, seats),
        Math.max(DEFAULT_MAX, seats),
        OptionalInt.empty(),
        Objective.defaults(),
        List.of(),
        DEFAULT_MAX_WAITING);
  }

  /** A limit that is found, starting from so many seats. */
  public static LimitConfig adaptive(int startSeats) {
    LimitConfig fixed = fixed(startSeats);
    return new LimitConfig(
        LimitMode.ADAPTIVE,
        fixed.seats,
        fixed.min,
        fixed.max,
        fixed.reserve,
        fixed.objective,
        fixed.models,
        DEFAULT_MAX_WAITING);
  }

  /** The same with so many seats kept for the best tier. */
  public LimitConfig withReserve(int seatsKept) {
    return new LimitConfig(
        mode, seats, min, max, OptionalInt.of(seatsKept), objective, models, maxWaitingPerClass);
  }

  /** The same with room for so many to wait. */
  public LimitConfig withMaxWaitingPerClass(int most) {
    return new LimitConfig(mode, seats, min, max, reserve, objective, models, most);
  }

  /** Three tenths of the seats, rounded down: more would starve everybody else in quiet times. */
  public static int largestReserve(int seats) {
    return (int) (seats * 3L / 10);
  }

  /** A limit that moves has no fixed share; the engine keeps the reserve within it then. */
  static Range reserveRange(LimitMode mode, OptionalInt seats) {
    return mode == LimitMode.FIXED && seats.isPresent()
        ? new Range(0, largestReserve(seats.getAsInt()))
        : RESERVE;
  }
}
