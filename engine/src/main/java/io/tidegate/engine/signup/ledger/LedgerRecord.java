package io.tidegate.engine.signup.ledger;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a ledger has learned and must not forget when the process ends.
 *
 * @param learnedSeats the figure for one subscriber; empty: too little is known
 * @param holdUntilEpochMillis until when too much load keeps people out
 * @param hours the last seven days, oldest first
 */
public record LedgerRecord(
    OptionalDouble learnedSeats, OptionalLong holdUntilEpochMillis, List<HourlyUse> hours) {

  public LedgerRecord {
    hours = List.copyOf(hours);
  }

  /** What a ledger knows that has just been begun. */
  public static LedgerRecord empty() {
    return new LedgerRecord(OptionalDouble.empty(), OptionalLong.empty(), List.of());
  }
}
