package io.tidegate.engine.signup;

/** What has become of a place. */
public enum PlaceStatus {
  /** Kept for somebody who is paying. */
  HELD,
  /** Paid: a subscription. */
  CONFIRMED,
  /** Handed back by the channel. */
  GIVEN_BACK,
  /** Neither, in the time of its channel. It can still be confirmed by who paid. */
  RUN_OUT
}
