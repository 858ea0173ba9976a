package io.tidegate.engine.signup;

import java.util.HashMap;
import java.util.Map;

/**
 * The books of all plans. A value: a change makes new books, so that a transaction that fails
 * leaves the old ones, and who reads them never waits.
 */
public record Books(Map<String, PlanBook> plans) {

  public static final Books EMPTY = new Books(Map.of());

  public Books {
    plans = Map.copyOf(plans);
  }

  /** The books of a plan; empty ones if it has none yet. */
  public PlanBook of(String plan) {
    return plans.getOrDefault(plan, PlanBook.EMPTY);
  }

  /** These books with that plan's replaced. */
  public Books with(String plan, PlanBook book) {
    Map<String, PlanBook> changed = new HashMap<>(plans);
    changed.put(plan, book);
    return new Books(changed);
  }
}
