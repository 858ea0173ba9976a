package io.tidegate.http.upstream.wire;

import io.tidegate.http.transport.framing.AnswerFramer;
import io.tidegate.http.transport.framing.AnswerHead;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * One answer on its way from the socket to whoever reads it: what has been read and not been
 * fetched, and whether that was all. It holds the body bytes of one read at most, since nothing is
 * read while some wait.
 *
 * <p>Threading: for its loop's own thread.
 */
final class Answer implements WireBody {

  /** Who carries the answer. */
  interface Carrier {
    /** The head has come. */
    void answered(HttpResponse response);

    /** The reader has fetched what there was and wants more. */
    void demand();

    /** Nobody reads the rest. */
    void abandoned();
  }

  private final Carrier carrier;
  private final boolean toHead;
  private ByteString waiting = ByteString.emptyByteString();
  private boolean headSeen;
  private boolean answered;
  private boolean ended;
  private Throwable failure;

  /** Who reads the body; null until its stream runs. */
  private AnswerSource.Reader reader;

  /** Who takes the body's bytes before its reader; null if nobody does. */
  private Taker taker;

  private boolean flowing;

  Answer(Carrier carrier, boolean toHead) {
    this.carrier = carrier;
    this.toHead = toHead;
  }

  boolean toHead() {
    return toHead;
  }

  /** Whether the last byte has come. */
  boolean hasEnded() {
    return ended;
  }

  /** Whether the head has been handed on. */
  boolean isAnswered() {
    return answered;
  }

  /**
   * Takes octets as far as they belong to this answer.
   *
   * @return the index after the last of them; {@link #hasEnded} tells whether it was the last
   * @throws BrokenAnswer if it cannot be read
   */
  int take(AnswerFramer framer, byte[] bytes, int end) throws BrokenAnswer {
    int at = 0;
    int body = 0; // the bytes of the body are moved together at the array's beginning
    boolean more = true;
    while (more) {
      int next = framer.scan(bytes, at, end);
      switch (framer.part()) {
        case HEAD -> headSeen = true;
        case DATA -> {
          System.arraycopy(bytes, at, bytes, body, next - at);
          body += next - at;
        }
        case END -> ended = true;
        case BROKEN -> throw new BrokenAnswer("what the upstream sends is no answer");
        case FRAMING -> {}
      }
      at = next;
      more = !ended && (at < end || framer.part() != AnswerFramer.Part.FRAMING);
    }
    if (body > 0) {
      waiting = waiting.concat(ByteString.fromArrayUnsafe(bytes, 0, body));
    }
    handOn(framer.head());
    return at;
  }

  /** The connection has ended with the answer, as some answers do. */
  void endWithConnection(AnswerHead head) {
    ended = true;
    handOn(head);
  }

  /** No more of it comes. */
  void fail(Throwable reason) {
    if (!isOver()) {
      failure = reason;
      onNews();
    }
  }

  private void handOn(AnswerHead head) {
    if (!headSeen) {
      return;
    }
    if (answered) {
      if (ended || !waiting.isEmpty()) {
        onNews();
      }
      return;
    }
    answered = true;
    if (toHead) {
      carrier.answered(Responses.withoutBody(head));
    } else if (ended) {
      carrier.answered(Responses.whole(head, waiting));
    } else {
      carrier.answered(
          Responses.streamed(head, head.body(false), Source.fromGraph(new AnswerSource(this)))
              .addAttribute(WireBody.KEY, this));
    }
  }

  /** The taker comes first. Bytes that it has no room for hold up the news of the end. */
  private void onNews() {
    if (flowing && !waiting.isEmpty() && taker.takes(waiting)) {
      waiting = ByteString.emptyByteString();
    }
    if (taker == null || (waiting.isEmpty() && isOver())) {
      tellReader();
    }
  }

  private boolean isOver() {
    return ended || failure != null;
  }

  private void tellReader() {
    if (reader != null) {
      reader.onNews();
    }
  }

  // What the reader asks, in turns of its own stream, on the same thread.

  void readBy(AnswerSource.Reader newReader) {
    reader = newReader;
  }

  ByteString fetch() {
    ByteString fetched = waiting;
    waiting = ByteString.emptyByteString();
    return fetched;
  }

  boolean hasBytes() {
    return !waiting.isEmpty();
  }

  /** Whether what waits is not the reader's. */
  boolean isPassedBy() {
    return taker != null && !waiting.isEmpty();
  }

  /** Why no more of it comes; null as long as that is not so. */
  Throwable failure() {
    return failure;
  }

  void demand() {
    carrier.demand();
  }

  void abandon() {
    reader = null;
    taker = null;
    flowing = false;
    if (!isOver()) {
      carrier.abandoned();
    }
  }

  // What whoever takes the bytes before them says.

  @Override
  public void hold(Taker newTaker) {
    taker = newTaker;
  }

  @Override
  public void flow() {
    if (taker != null) {
      flowing = true;
      onNews();
      if (waiting.isEmpty() && !isOver()) {
        carrier.demand();
      }
    }
  }

  @Override
  public void letThrough() {
    taker = null;
    tellReader();
  }
}
