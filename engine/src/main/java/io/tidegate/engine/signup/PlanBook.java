package io.tidegate.engine.signup;

import io.tidegate.engine.signup.gate.order.SignupState;
import io.tidegate.engine.signup.line.InvitePace;
import io.tidegate.engine.signup.line.WaitLine;
import java.util.Objects;

/**
 * What one plan's rows add up to.
 *
 * @param state whether it is sold
 * @param nextTicket what the next to join gets
 * @param line who waits
 * @param subscribers who are served now
 * @param held places that are held
 * @param invited invites that are open
 * @param overcommitted how many were served because they had paid, after their hold had run out
 * @param pace how fast the line has moved of late
 */
public record PlanBook(
    SignupState state,
    long nextTicket,
    WaitLine line,
    long subscribers,
    long held,
    long invited,
    long overcommitted,
    InvitePace pace) {

  /** Of a plan of which nothing is known yet. */
  public static final PlanBook EMPTY =
      new PlanBook(SignupState.OPEN, 1, WaitLine.EMPTY, 0, 0, 0, 0, InvitePace.NONE);

  public PlanBook {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(line, "line");
    Objects.requireNonNull(pace, "pace");
    if (nextTicket < 1 || subscribers < 0 || held < 0 || invited < 0 || overcommitted < 0) {
      throw new IllegalArgumentException(
          "books below nothing: ticket %d, subscribers %d, held %d, invited %d, overcommitted %d"
              .formatted(nextTicket, subscribers, held, invited, overcommitted));
    }
  }

  /** Somebody joins the line. */
  public PlanBook joined() {
    return new PlanBook(
        state,
        nextTicket + 1,
        line.with(nextTicket),
        subscribers,
        held,
        invited,
        overcommitted,
        pace);
  }

  /** Somebody is in the line no more. */
  public PlanBook left(long ticket) {
    return new PlanBook(
        state, nextTicket, line.without(ticket), subscribers, held, invited, overcommitted, pace);
  }

  /** Somebody's turn has come; a shadow's takes no place. */
  public PlanBook called(long ticket, boolean shadow, long nowMillis) {
    return new PlanBook(
        state,
        nextTicket,
        line.without(ticket),
        subscribers,
        held,
        invited + (shadow ? 0 : 1),
        overcommitted,
        pace.with(nowMillis));
  }

  public PlanBook subscribers(int more) {
    return new PlanBook(
        state, nextTicket, line, subscribers + more, held, invited, overcommitted, pace);
  }

  public PlanBook held(int more) {
    return new PlanBook(
        state, nextTicket, line, subscribers, held + more, invited, overcommitted, pace);
  }

  public PlanBook invited(int more) {
    return new PlanBook(
        state, nextTicket, line, subscribers, held, invited + more, overcommitted, pace);
  }

  public PlanBook overcommittedOnce() {
    return new PlanBook(
        state, nextTicket, line, subscribers, held, invited, overcommitted + 1, pace);
  }

  public PlanBook state(SignupState now) {
    return new PlanBook(now, nextTicket, line, subscribers, held, invited, overcommitted, pace);
  }

  /** Places that are taken or promised. */
  public long taken() {
    return subscribers + held + invited;
  }
}
