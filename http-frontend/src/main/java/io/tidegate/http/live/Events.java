package io.tidegate.http.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What happened since the second before, for the lane of events: noted by whoever did it, taken by
 * the feed.
 *
 * <p>Thread-safety: safe for all. Holds at most {@link #MOST} events; more of them in one second
 * push out the oldest.
 */
public final class Events {
  /** As many as one second can tell of. */
  static final int MOST = 50;

  private static final int LONGEST_TEXT = 300;

  private final ArrayDeque<Event> waiting = new ArrayDeque<>();

  /** What kind of thing happened. */
  public enum Kind {
    LIMIT("limit"),
    SURGE("surge"),
    SIGNUPS("signups"),
    CONFIGURATION("configuration"),
    UPSTREAM("upstream"),
    DRAIN("drain"),
    PAUSE("gc"),
    STORY("story");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** The kind as the feed names it. */
    public String label() {
      return label;
    }
  }

  /**
   * One event.
   *
   * @param text a sentence for people, of any content: whoever shows it must escape it
   */
  public record Event(Kind kind, String text) {
    public Event {
      Objects.requireNonNull(kind, "kind");
      if (text.length() > LONGEST_TEXT) {
        text = text.substring(0, LONGEST_TEXT) + "…";
      }
    }
  }

  /** Notes that something happened just now. */
  public synchronized void note(Kind kind, String text) {
    if (waiting.size() == MOST) {
      waiting.removeFirst();
    }
    waiting.addLast(new Event(kind, text));
  }

  /** What was noted since the last call, oldest first. */
  synchronized List<Event> take() {
    List<Event> taken = new ArrayList<>(waiting);
    waiting.clear();
    return taken;
  }
}
