package io.tidegate.http.upstream.health;

import java.util.Locale;

/** What an upstream is good for at a moment. */
public enum State {
  /** It takes its part of the requests. */
  SERVING,
  /** It has been away and takes a few at first. */
  RETURNING,
  /** It has failed too often, and gets requests only if no other can take them. */
  EJECTED,
  /** It has asked to be left alone, and gets none. */
  BACKING_OFF,
  /** It cannot be reached, or is not well by its own word, and gets none. */
  DOWN;

  /** The word on the status page. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
