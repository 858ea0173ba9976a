package io.tidegate.http.live;

import java.util.Objects;

/**
 * The story that is told with this gate, and what those who look on may do to it.
 *
 * <p>Threading: safe for all.
 */
public interface Demo {

  /**
   * Where the story is.
   *
   * @param chapter what happens now, in a sentence
   * @param number of the chapter, from 1
   * @param of how many there are
   * @param untilEpochMillis when the next one begins
   * @param surging whether ten times as many come as on a calm day, since somebody wished so
   * @param gateOn whether the gate decides; otherwise everybody is admitted
   */
  record Telling(
      String chapter, int number, int of, long untilEpochMillis, boolean surging, boolean gateOn) {

    public Telling {
      Objects.requireNonNull(chapter, "chapter");
    }
  }

  /** Where the story is now. */
  Telling telling();

  /** Lets ten times as many come as on a calm day, for a while; nothing if they do already. */
  void surge();

  /** Lets the gate decide, or admits everybody. */
  void gate(boolean on);
}
