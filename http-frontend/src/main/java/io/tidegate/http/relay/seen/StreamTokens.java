package io.tidegate.http.relay.seen;

import org.apache.pekko.util.ByteString;

/**
 * Counts the tokens of a stream of events. The first one is looked for in the bytes; from there on
 * an event is taken for a token, and nothing is looked at but where events end.
 *
 * <p>A stream's last two events, the reason why it ended and {@code [DONE]}, are no tokens. Which
 * ones are the last is not known before they are over, so that the first two are not counted
 * instead. An event that carries several tokens counts as one, one that tells the usage counts,
 * too: what the upstream itself says of its use goes before this count.
 *
 * <p>Threading: for one stream's own use.
 */
public final class StreamTokens {

  private static final int EVENTS_WITHOUT_TOKEN = 2;

  private final FirstToken first = new FirstToken();
  private boolean begun;
  private int ahead = EVENTS_WITHOUT_TOKEN;
  private boolean lineIsEmpty;

  /** Whether the first token has come. */
  public boolean begun() {
    return begun;
  }

  /** How many tokens these bytes bring to an end. */
  public int in(ByteString bytes) {
    int from = 0;
    if (!begun) {
      from = first.endIn(bytes);
      begun = from > 0;
      if (!begun) {
        return 0;
      }
    }
    int events = eventsEndingIn(bytes, from);
    int notCounted = Math.min(ahead, events);
    ahead -= notCounted;
    return events - notCounted;
  }

  /** An event ends with an empty line. */
  private int eventsEndingIn(ByteString bytes, int from) {
    int events = 0;
    int lineStart = from;
    for (int end = bytes.indexOf((byte) '\n', from);
        end >= 0;
        end = bytes.indexOf((byte) '\n', lineStart)) {
      int length = end - lineStart;
      boolean empty = isBlank(bytes, lineStart, length);
      // A line whose beginning is in earlier bytes is as empty as it was there.
      if (empty && (lineStart > 0 || lineIsEmpty)) {
        events++;
      }
      lineStart = end + 1;
      lineIsEmpty = true;
    }
    lineIsEmpty =
        (lineStart > 0 || lineIsEmpty) && isBlank(bytes, lineStart, bytes.length() - lineStart);
    return events;
  }

  private static boolean isBlank(ByteString bytes, int from, int length) {
    return length == 0 || (length == 1 && bytes.apply(from) == '\r');
  }
}
