package io.tidegate.engine.signup.gate.order;

import java.util.Locale;

/** Whether a plan is sold to people who never had it. */
public enum SignupState {
  /** To everybody. */
  OPEN,
  /** To people with an invite; others are put on the wait-list, which gives out invites. */
  DRIP,
  /** To nobody. Who was invited or holds a place before is served all the same. */
  PAUSED;

  /** The state as it is shown and stored: {@code open}, {@code drip}, {@code paused}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The state of that label.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static SignupState ofLabel(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
