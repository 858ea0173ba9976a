package io.tidegate.engine.signup.ledger;

/**
 * What a ledger is told of a plan at one moment.
 *
 * @param demandSeats seats its subscribers hold, wait for, and were refused; 0 or more
 * @param loadRatio all demand over the limit; 0 without a limit
 * @param establishedOffered requests of established subscribers since the input before
 * @param establishedRefused those of them that were refused for want of room
 * @param subscribers subscriptions that stand
 * @param openInvites invites that may still be claimed
 * @param heldPlaces places held for somebody who is about to pay
 * @param waiting people on the wait-list
 */
public record LedgerInput(
    double demandSeats,
    double loadRatio,
    long establishedOffered,
    long establishedRefused,
    long subscribers,
    long openInvites,
    long heldPlaces,
    long waiting) {

  public LedgerInput {
    requireFigure("demandSeats", demandSeats);
    requireFigure("loadRatio", loadRatio);
    requireCount("establishedOffered", establishedOffered);
    requireCount("establishedRefused", establishedRefused);
    requireCount("subscribers", subscribers);
    requireCount("openInvites", openInvites);
    requireCount("heldPlaces", heldPlaces);
    requireCount("waiting", waiting);
  }

  /** Nobody and nothing. */
  public static LedgerInput none() {
    return new LedgerInput(0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** Places that are taken or promised. */
  public long taken() {
    return subscribers + openInvites + heldPlaces;
  }

  private static void requireFigure(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + ": " + value + " is not 0 or more");
    }
  }

  private static void requireCount(String name, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(name + ": " + value + " is below 0");
    }
  }
}
