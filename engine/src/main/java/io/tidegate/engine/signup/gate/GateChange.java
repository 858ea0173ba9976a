package io.tidegate.engine.signup.gate;

import io.tidegate.engine.signup.gate.order.Announcement;
import io.tidegate.engine.signup.gate.order.Cause;
import io.tidegate.engine.signup.gate.order.SignupState;
import io.tidegate.engine.signup.ledger.Figures;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Something that changed in a plan's sale: its state, the cause of it, or what is announced. One
 * line of the gate's history.
 *
 * @param plan whose
 * @param atEpochMillis when
 * @param from the state before
 * @param to the state after; the same if only the cause, the end or an announcement changed
 * @param cause why it is in that state
 * @param untilEpochMillis how long, if that is decided
 * @param announced what is announced from now on
 * @param reason for people to read
 * @param by who did it: an operator's name, or {@code schedule} or {@code ledger}
 * @param figures what the ledger said then; empty: nothing yet
 */
public record GateChange(
    String plan,
    long atEpochMillis,
    SignupState from,
    SignupState to,
    Cause cause,
    OptionalLong untilEpochMillis,
    Optional<Announcement> announced,
    Optional<String> reason,
    String by,
    Optional<Figures> figures) {

  /** Whether sales stop here: {@code signups.paused} is to be told. */
  public boolean pauses() {
    return from == SignupState.OPEN && to != SignupState.OPEN;
  }

  /** Whether sales begin again for everybody: {@code signups.resumed} is to be told. */
  public boolean resumes() {
    return from != SignupState.OPEN && to == SignupState.OPEN;
  }
}
