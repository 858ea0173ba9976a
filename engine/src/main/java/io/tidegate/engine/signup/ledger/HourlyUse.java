package io.tidegate.engine.signup.ledger;

import java.util.OptionalLong;

/**
 * One hour of a plan's life.
 *
 * @param hour hours since 1970
 * @param perSubscriberSeats mean demand over the mean number of subscribers
 * @param free places free when it ended; empty: they were not counted
 */
public record HourlyUse(long hour, double perSubscriberSeats, OptionalLong free) {

  public HourlyUse {
    if (!(perSubscriberSeats >= 0 && perSubscriberSeats < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("not a use: " + perSubscriberSeats);
    }
  }
}
