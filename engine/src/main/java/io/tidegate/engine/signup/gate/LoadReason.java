package io.tidegate.engine.signup.gate;

import io.tidegate.engine.signup.ledger.Figures;

/** Why the ledger keeps a plan from being sold to everybody. */
public enum LoadReason {
  /** Everything is taken. */
  ALL_TAKEN("All places are taken."),
  /** The service is hurt at this moment. */
  HEAVY_LOAD("The service is under heavy load."),
  /** There are places, and people who wait for them. */
  WAITING_FIRST("Places are given to those who wait, as they come free."),
  /** There are places, but so few that they would be gone at once. */
  FEW_FREE("Too few places are free.");

  private final String sentence;

  LoadReason(String sentence) {
    this.sentence = sentence;
  }

  /** The reason in a sentence for people. */
  public String sentence() {
    return sentence;
  }

  /** The reason that these figures give. */
  public static LoadReason of(Figures figures) {
    if (figures.full()) {
      return ALL_TAKEN;
    } else if (figures.holds()) {
      return HEAVY_LOAD;
    }
    return figures.waiting() > 0 ? WAITING_FIRST : FEW_FREE;
  }
}
