package io.tidegate.http.cli.demo;

import java.time.Duration;
import java.util.Objects;

/**
 * A part of the story: for a while the same people come equally often.
 *
 * @param sentence what happens, for the lane of events
 * @param length how long it takes, above 0
 * @param rates who comes meanwhile
 * @param deed what is done when it begins
 */
record Chapter(String sentence, Duration length, Rates rates, Deed deed) {

  Chapter {
    Objects.requireNonNull(sentence, "sentence");
    Objects.requireNonNull(rates, "rates");
    Objects.requireNonNull(deed, "deed");
    if (length.isNegative() || length.isZero()) {
      throw new IllegalArgumentException("a chapter takes time");
    }
  }

  /** What somebody does to the service. */
  enum Deed {
    /** Everything is as it should be: sign-ups open, all of the backend there. */
    SET_RIGHT,
    /** Nothing but what the visitors do. */
    NOTHING,
    /** A pause of sign-ups is announced, and an end of it. */
    ANNOUNCE_PAUSE,
    /** Half of the backend is gone; people join the wait-list. */
    LOSE_HALF,
    /** The backend is whole again, the announced pause ends, and who waits is invited. */
    BRING_BACK
  }
}
