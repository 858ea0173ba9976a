package io.tidegate.http.identity;

import io.tidegate.engine.tier.Subscriber;

/** What is known of whoever sent a request. */
public sealed interface Caller {

  /** By what a caller is known. */
  enum Proof {
    API_KEY,
    TOKEN,
    TRUSTED_HEADER,
    /** None was shown, and none is needed. */
    NONE
  }

  /** A subscriber. */
  record Known(Subscriber subscriber, Proof proof) implements Caller {}

  /** Nobody the gate knows. */
  enum Unknown implements Caller {
    INSTANCE
  }

  /** Perhaps a subscriber: the keys that would tell are still being fetched, or cannot be. */
  enum Undecided implements Caller {
    INSTANCE
  }
}
