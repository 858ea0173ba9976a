package io.tidegate.http.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The last quarter of an hour, a second each, as it was told.
 *
 * <p>Thread-safety: safe for all.
 */
final class Recent {
  /** A quarter of an hour. */
  static final int SECONDS = 900;

  private final ArrayDeque<Second> seconds = new ArrayDeque<>(SECONDS);

  /**
   * One second.
   *
   * @param epochMillis when it ended
   * @param json what the live feed says of it
   * @param log its lines in a histogram log; empty if nothing was timed
   */
  record Second(long epochMillis, String json, String log) {}

  synchronized void add(Second second) {
    if (seconds.size() == SECONDS) {
      seconds.removeFirst();
    }
    seconds.addLast(second);
  }

  /** All of them, oldest first. */
  synchronized List<Second> all() {
    return new ArrayList<>(seconds);
  }
}
