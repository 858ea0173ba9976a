package io.tidegate.engine.signup.gate.order;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an operator has ordered: to pause, or to sell whatever the ledger says.
 *
 * <p>An order to sell without an end is spent as soon as the ledger would sell too; from then on
 * the ledger decides again.
 *
 * @param pauses whether it pauses; else it opens
 * @param fromEpochMillis from when it counts
 * @param untilEpochMillis until when; empty: until another order
 * @param reason for people to read
 * @param by who gave it
 */
public record Order(
    boolean pauses,
    long fromEpochMillis,
    OptionalLong untilEpochMillis,
    Optional<String> reason,
    String by) {

  public Order {
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(by, "by");
    if (untilEpochMillis.isPresent() && untilEpochMillis.getAsLong() <= fromEpochMillis) {
      throw new IllegalArgumentException("an order ends after it begins");
    }
  }

  /** What it makes of the plan. */
  public SignupState state() {
    return pauses ? SignupState.PAUSED : SignupState.OPEN;
  }

  /** Whether it counts at that time. */
  public boolean counts(long nowEpochMillis) {
    return fromEpochMillis <= nowEpochMillis && !over(nowEpochMillis);
  }

  /** Whether its time is over. */
  public boolean over(long nowEpochMillis) {
    return untilEpochMillis.isPresent() && untilEpochMillis.getAsLong() <= nowEpochMillis;
  }

  Order until(OptionalLong end) {
    return new Order(pauses, fromEpochMillis, end, reason, by);
  }
}
