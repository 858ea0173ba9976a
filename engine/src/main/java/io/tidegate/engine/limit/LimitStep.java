package io.tidegate.engine.limit;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a limit policy decided, and why.
 *
 * @param seats the limit to enforce from now on; empty: none
 * @param computedSeats a limit that is only shown, where another is enforced
 * @param move what became of the limit that is computed
 * @param reason why, in words for an operator
 * @param alarms what the operator should look at
 */
public record LimitStep(
    OptionalInt seats,
    OptionalInt computedSeats,
    Move move,
    String reason,
    Set<LimitAlarm> alarms) {

  /** What a step did to the limit. */
  public enum Move {
    /** Nothing: it does not move by itself. */
    FIXED,
    /** Nothing: there was nothing to judge by, or all was as it should be. */
    HELD,
    /** Nothing: it was lowered before, and streams under way still hold more than it. */
    DRAINING,
    /** Raised. */
    RAISED,
    /** Lowered by a step. */
    LOWERED,
    /** Set to what the upstream turned out to carry: the end of the search at the start. */
    FOUND
  }

  public LimitStep {
    Objects.requireNonNull(seats, "seats");
    Objects.requireNonNull(computedSeats, "computedSeats");
    Objects.requireNonNull(move, "move");
    Objects.requireNonNull(reason, "reason");
    alarms = Set.copyOf(alarms);
  }

  LimitStep(OptionalInt seats, Move move, String reason) {
    this(seats, OptionalInt.empty(), move, reason, Set.of());
  }
}
