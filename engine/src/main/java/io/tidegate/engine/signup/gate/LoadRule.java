package io.tidegate.engine.signup.gate;

import io.tidegate.engine.signup.gate.order.SignupState;
import io.tidegate.engine.signup.ledger.Figures;
import java.util.concurrent.TimeUnit;

/**
 * What the ledger alone would do with a plan's sale.
 *
 * <pre>
 * open            and nothing free, or a hold:                                      paused
 * paused or drip  and nobody waits, more than .02 of the places free, no hold,
 *                 closed for 30 minutes:                                             open
 * paused          and something free, no hold, somebody waits:                       drip
 * </pre>
 *
 * <p>In {@code drip}, once an hour, .002 of the places are given to those who wait, as far as they
 * are free. What is free then is more than what opened the gate would have to give, so that it does
 * not close again at once. Not safe for use by several threads.
 */
final class LoadRule {
  private static final double FREE_TO_OPEN = .02;
  private static final double INVITED_AN_HOUR = .002;
  private static final long CLOSED_MILLIS = TimeUnit.MINUTES.toMillis(30);

  private SignupState state;
  private long sinceEpochMillis;

  LoadRule(SignupState state, long sinceEpochMillis) {
    this.state = state;
    this.sinceEpochMillis = sinceEpochMillis;
  }

  SignupState state() {
    return state;
  }

  /** Since when it is open, or since when it is not. */
  long sinceEpochMillis() {
    return sinceEpochMillis;
  }

  /** Takes in what the ledger says now. */
  void step(long nowEpochMillis, Figures figures) {
    if (!figures.counted()) {
      open(nowEpochMillis);
    } else if (state == SignupState.OPEN) {
      if (figures.full() || figures.holds()) {
        close(nowEpochMillis);
      }
    } else if (opens(nowEpochMillis, figures)) {
      open(nowEpochMillis);
    } else if (!figures.full() && !figures.holds() && figures.waiting() > 0) {
      state = SignupState.DRIP;
    }
  }

  /** Closes, so that those who wait come before those who come by, if there are any. */
  void close(long nowEpochMillis) {
    if (state == SignupState.OPEN) {
      state = SignupState.PAUSED;
      sinceEpochMillis = nowEpochMillis;
    }
  }

  private void open(long nowEpochMillis) {
    if (state != SignupState.OPEN) {
      state = SignupState.OPEN;
      sinceEpochMillis = nowEpochMillis;
    }
  }

  private boolean opens(long nowEpochMillis, Figures figures) {
    // A clock that was set back counts as time enough.
    boolean longEnough = Math.abs(nowEpochMillis - sinceEpochMillis) >= CLOSED_MILLIS;
    return longEnough
        && figures.waiting() == 0
        && !figures.holds()
        && figures.free().getAsLong() > freeToOpen(figures.places().getAsLong());
  }

  /** More than so many places must be free before everybody may come. */
  static double freeToOpen(long places) {
    return FREE_TO_OPEN * places;
  }

  /** How many of those who wait get a place in this hour. */
  static long invitesOfAnHour(Figures figures) {
    if (figures.full() || figures.holds() || !figures.counted()) {
      return 0;
    }
    long share = (long) Math.floor(INVITED_AN_HOUR * figures.places().getAsLong());
    // Of a small plan a thousandth is nobody, and the list would stand still.
    return Math.min(figures.free().getAsLong(), Math.max(1, share));
  }
}
