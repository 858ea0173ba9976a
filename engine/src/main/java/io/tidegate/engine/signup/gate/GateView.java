package io.tidegate.engine.signup.gate;

import io.tidegate.engine.signup.gate.order.Announcement;
import io.tidegate.engine.signup.gate.order.Cause;
import io.tidegate.engine.signup.gate.order.SignupState;
import io.tidegate.engine.signup.ledger.Figures;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What everybody may know of a plan's sale at one moment: the fields of {@code GET
 * /signup/v1/status}. Immutable.
 *
 * @param plan whose
 * @param state whether it is sold
 * @param sinceEpochMillis since when it is in that state
 * @param untilEpochMillis until when, if that is decided
 * @param expectedResume when it is expected to be sold again, where that is not decided; empty: it
 *     is sold, or an operator decides
 * @param cause why it is in that state
 * @param reason for people to read
 * @param waiting people on the wait-list when the ledger was last told
 * @param placesLeft free places, never below 0; empty: they are not counted
 * @param announced what will happen
 * @param figures what the ledger said last; empty: nothing yet
 */
public record GateView(
    String plan,
    SignupState state,
    long sinceEpochMillis,
    OptionalLong untilEpochMillis,
    Optional<ExpectedResume> expectedResume,
    Cause cause,
    Optional<String> reason,
    long waiting,
    OptionalLong placesLeft,
    Optional<Announcement> announced,
    Optional<Figures> figures) {

  /** The same with a newer count of those who wait. */
  public GateView withWaiting(long now) {
    return new GateView(
        plan,
        state,
        sinceEpochMillis,
        untilEpochMillis,
        expectedResume,
        cause,
        reason,
        now,
        placesLeft,
        announced,
        figures);
  }
}
