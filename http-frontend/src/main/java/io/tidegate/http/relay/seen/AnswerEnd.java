package io.tidegate.http.relay.seen;

import org.apache.pekko.util.ByteString;

/**
 * The last pieces of an answer, as they came: references, no copies.
 *
 * <p>Threading: for one answer's own use.
 */
public final class AnswerEnd {

  /** Enough for the events that end a stream, each in a piece of its own. */
  private static final int PIECES = 4;

  private final ByteString[] pieces = new ByteString[PIECES];
  private int count;

  public void add(ByteString piece) {
    pieces[count++ % PIECES] = piece;
  }

  /** All of the pieces, in their order. */
  public ByteString bytes() {
    ByteString all = ByteString.emptyByteString();
    for (int i = Math.max(0, count - PIECES); i < count; i++) {
      all = all.concat(pieces[i % PIECES]);
    }
    return all;
  }

  /** The last of them; nothing if none has come. */
  public ByteString last() {
    return count == 0 ? ByteString.emptyByteString() : pieces[(count - 1) % PIECES];
  }
}
