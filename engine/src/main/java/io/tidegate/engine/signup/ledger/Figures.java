package io.tidegate.engine.signup.ledger;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a ledger says at one moment: the figures behind a decision.
 *
 * @param perSubscriberSeats what one subscriber is reckoned with; empty: not known yet
 * @param places how many subscribers the plan carries, cap included; empty: load does not count and
 *     there is no cap
 * @param free places neither taken nor promised, below 0 if too many are
 * @param subscribers subscriptions that stand
 * @param openInvites invites that may still be claimed
 * @param heldPlaces places held for somebody who is about to pay
 * @param waiting people on the wait-list
 * @param loadRatio demand over the limit, averaged over some minutes
 * @param holdUntilEpochMillis until when too much load keeps people out; empty: it does not
 */
public record Figures(
    OptionalDouble perSubscriberSeats,
    OptionalLong places,
    OptionalLong free,
    long subscribers,
    long openInvites,
    long heldPlaces,
    long waiting,
    double loadRatio,
    OptionalLong holdUntilEpochMillis) {

  /** Whether load keeps people out at that moment. */
  public boolean holds() {
    return holdUntilEpochMillis.isPresent();
  }

  /** Whether there is a ledger at all: places are counted. */
  public boolean counted() {
    return places.isPresent();
  }

  /** Whether everything is taken. */
  public boolean full() {
    return free.isPresent() && free.getAsLong() <= 0;
  }
}
