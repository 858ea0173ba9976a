package io.tidegate.engine.signup.gate;

import io.tidegate.engine.signup.gate.order.Cause;
import io.tidegate.engine.signup.gate.order.Order;
import io.tidegate.engine.signup.gate.order.SignupState;
import io.tidegate.engine.signup.ledger.LedgerRecord;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a gate must not forget when the process ends: a pause outlives a crash. Stored as text by
 * {@link GateText}.
 *
 * @param state whether the plan is sold
 * @param sinceEpochMillis since when it is in that state
 * @param cause why
 * @param reason for people to read
 * @param manual the operator's order for now
 * @param scheduled the operator's order made beforehand; it may still lie ahead
 * @param byLoad what the ledger alone would do
 * @param byLoadSinceEpochMillis since when it would
 * @param invitedAtEpochMillis when people were last invited in {@code drip}; empty: never
 * @param ledger what the ledger has learned
 */
public record GateRecord(
    SignupState state,
    long sinceEpochMillis,
    Cause cause,
    Optional<String> reason,
    Optional<Order> manual,
    Optional<Order> scheduled,
    SignupState byLoad,
    long byLoadSinceEpochMillis,
    OptionalLong invitedAtEpochMillis,
    LedgerRecord ledger) {

  public GateRecord {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(cause, "cause");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(manual, "manual");
    Objects.requireNonNull(scheduled, "scheduled");
    Objects.requireNonNull(byLoad, "byLoad");
    Objects.requireNonNull(ledger, "ledger");
  }

  /** A gate that has just been set up: it sells. */
  public static GateRecord begun(long nowEpochMillis) {
    return new GateRecord(
        SignupState.OPEN,
        nowEpochMillis,
        Cause.MANUAL,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        SignupState.OPEN,
        nowEpochMillis,
        OptionalLong.empty(),
        LedgerRecord.empty());
  }
}
