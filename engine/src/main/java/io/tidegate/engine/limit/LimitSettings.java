package io.tidegate.engine.limit;

import java.util.Objects;
import java.util.OptionalInt;

/** Where the limit comes from. */
public sealed interface LimitSettings {

  /**
   * The operator knows it.
   *
   * @param seats at least 1
   */
  record Fixed(int seats) implements LimitSettings {
    public Fixed {
      requireSeats("the limit", seats);
    }
  }

  /**
   * The engine finds it from what streams show.
   *
   * @param startSeats where the search begins, within the bounds; empty: wide open, at the upper
   *     bound, as the service was before the gate came
   * @param minSeats the limit is never lower, at least 1
   * @param maxSeats nor higher
   * @param objective what answers are to keep to
   */
  record Adaptive(OptionalInt startSeats, int minSeats, int maxSeats, Objective objective)
      implements LimitSettings {
    public Adaptive {
      Objects.requireNonNull(objective, "objective");
      requireSeats("the least limit", minSeats);
      int start = startSeats.orElse(maxSeats);
      if (start < minSeats || start > maxSeats) {
        throw new IllegalArgumentException(
            "the limit starts between its bounds: %d is not in %d to %d"
                .formatted(start, minSeats, maxSeats));
      }
    }
  }

  /**
   * The engine computes what the adaptive limit would be and shows it, but enforces another.
   *
   * @param enforcedSeats the fixed limit meanwhile, at least 1; empty: nobody is refused for want
   *     of room
   * @param computed what is computed and shown
   */
  record Shadow(OptionalInt enforcedSeats, Adaptive computed) implements LimitSettings {
    public Shadow {
      Objects.requireNonNull(computed, "computed");
      enforcedSeats.ifPresent(seats -> requireSeats("the limit", seats));
    }
  }

  /** Where the limit begins; empty: open. */
  default OptionalInt startSeats() {
    return OptionalInt.empty();
  }

  private static void requireSeats(String what, int seats) {
    if (seats < 1) {
      throw new IllegalArgumentException(what + " must be at least one seat, not " + seats);
    }
  }
}
