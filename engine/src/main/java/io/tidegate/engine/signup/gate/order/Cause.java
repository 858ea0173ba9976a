package io.tidegate.engine.signup.gate.order;

import java.util.Locale;

/** Who or what decided that a plan is sold or not; an earlier one here beats a later one. */
public enum Cause {
  /** An operator, for now. */
  MANUAL,
  /** An operator, beforehand and announced. */
  SCHEDULE,
  /** The ledger of places. */
  LOAD;

  /** The cause as it is shown and stored: {@code manual}, {@code schedule}, {@code load}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The cause of that label.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Cause ofLabel(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
