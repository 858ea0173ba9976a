package io.tidegate.http.relay;

import io.tidegate.http.relay.seen.AnswerEnd;
import io.tidegate.http.relay.seen.StreamTokens;
import org.apache.pekko.util.ByteString;

/**
 * What is seen of one answer's body while it goes down, whichever way: its tokens, and how it ends.
 *
 * <p>Threading: for one answer's own use.
 */
final class AnswerNotes {

  static final ByteString BLANK_LINE = ByteString.fromString("\n\n");

  private final Exchange exchange;
  private final boolean eventStream;
  private final boolean good;
  private final StreamTokens tokens = new StreamTokens();
  private final AnswerEnd end = new AnswerEnd();

  /**
   * Notes for the exchange of an answer.
   *
   * @param eventStream whether it is a stream of events that can be read
   * @param good whether it is an answer, not an error
   */
  AnswerNotes(Exchange exchange, boolean eventStream, boolean good) {
    this.exchange = exchange;
    this.eventStream = eventStream;
    this.good = good;
  }

  /** The next bytes go down. */
  void add(ByteString bytes) {
    if (good && eventStream) {
      boolean begun = tokens.begun();
      int count = tokens.in(bytes);
      if (!begun && tokens.begun()) {
        exchange.firstToken();
      }
      if (count > 0) {
        exchange.tokens(count);
      }
    } else if (good && end.last().isEmpty()) {
      exchange.firstToken();
    }
    end.add(bytes);
  }

  /** All of it has gone down. */
  void whole() {
    if (good) {
      exchange.usage(end.bytes());
    }
  }

  /** Whether what has gone down, if anything, ends an event. */
  boolean atBlankLine() {
    return end.last().isEmpty() || end.last().endsWith(BLANK_LINE);
  }
}
