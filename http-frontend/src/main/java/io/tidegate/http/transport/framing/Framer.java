package io.tidegate.http.transport.framing;

import java.util.Optional;
import org.apache.pekko.util.ByteString;

/**
 * Stands in front of the HTTP layer and lets pass what can be read in one way only; refuses the
 * rest, and never changes a byte; an empty line before a request is all it leaves out. A head is
 * passed on when it is here as a whole and good, a size of a chunk likewise; bytes of a body pass
 * as they come.
 *
 * <p>Each piece that is passed on belongs to one request. Pekko's parser calls itself once for each
 * request that it finds in one piece of input; about a thousand small ones would overflow the stack
 * of its thread, and that ends the process.
 *
 * <p>Held back is at most a head, and the buffer that was last added.
 *
 * <p>Threading: for one connection's own use.
 */
public final class Framer {

  private enum State {
    REQUEST_LINE,
    HEADERS,
    SIZED_BODY,
    CHUNKED_BODY,
    /** Nothing more is passed on. */
    ENDED
  }

  private static final byte[] EMPTY = {};

  private final int maxHeadBytes;
  private final Line line = new Line();
  private final ChunkedBody chunks = new ChunkedBody();
  private State state = State.REQUEST_LINE;
  private RequestHead head = new RequestHead();
  private int headBytes;
  private boolean blankLineSeen;
  private long bodyLeft;

  /** From earlier buffers, and not yet good enough to pass. */
  private final Held held = new Held();

  private byte[] bytes = EMPTY;
  private int at;

  /** The first byte of {@link #bytes} that has not been passed on. */
  private int unpassed;

  /** The end of what may be passed on. */
  private int good;

  private boolean requestEnded;

  /** How many bytes of the piece that is being put together are a head, from its first on. */
  private int headInPiece;

  /** A framer for one connection; a head may have so many bytes, its lines' ends included. */
  public Framer(int maxHeadBytes) {
    this.maxHeadBytes = maxHeadBytes;
  }

  /** Gives it what was read. Only to be called when {@link #isEmpty}. */
  public void add(ByteString read) {
    if (!isEmpty()) {
      throw new IllegalStateException("the last buffer has not been taken");
    }
    bytes = read.toArrayUnsafe();
    at = 0;
    unpassed = 0;
    good = 0;
  }

  /** Whether all that was added has been passed on, or waits for more. */
  public boolean isEmpty() {
    return at == bytes.length;
  }

  /** The next piece to pass on; empty if more must be added first. */
  public Optional<ByteString> next() {
    requestEnded = false;
    headInPiece = 0;
    Optional<Refusal> refusal = Optional.empty();
    while (at < bytes.length && !requestEnded && refusal.isEmpty()) {
      refusal = step();
    }
    ByteString piece = ByteString.emptyByteString();
    if (good > unpassed) {
      piece = held.takeWith(bytes, unpassed, good);
      unpassed = good;
    }
    if (refusal.isPresent()) {
      end();
      piece = piece.concat(refusal.get().standIn());
    } else if (at == bytes.length) {
      held.add(bytes, unpassed, at);
      forget();
    }
    return piece.isEmpty() ? Optional.empty() : Optional.of(piece);
  }

  /** How many bytes of the last piece are a head, from its first on. */
  public int headBytes() {
    return headInPiece;
  }

  private Optional<Refusal> step() {
    switch (state) {
      case REQUEST_LINE, HEADERS -> {
        return headLine();
      }
      case SIZED_BODY -> {
        int count = (int) Math.min(bodyLeft, bytes.length - at);
        bodyLeft -= count;
        pass(at + count);
        if (bodyLeft == 0) {
          endRequest();
        }
      }
      case CHUNKED_BODY -> {
        int next = chunks.scan(bytes, at, bytes.length);
        switch (chunks.part()) {
          case UNFINISHED -> at = next;
          case FRAMING, DATA -> pass(next);
          case END -> {
            pass(next);
            endRequest();
          }
          case BROKEN -> {
            return Optional.of(Refusal.MALFORMED_BODY);
          }
        }
      }
      case ENDED -> end();
    }
    return Optional.empty();
  }

  private Optional<Refusal> headLine() {
    int next = line.take(bytes, at, bytes.length, maxHeadBytes);
    headBytes += next - at;
    at = next;
    if (headBytes > maxHeadBytes || line.state() == Line.State.TOO_LONG) {
      return Optional.of(Refusal.HEAD_TOO_LARGE);
    }
    if (line.state() == Line.State.BROKEN) {
      return Optional.of(Refusal.MALFORMED);
    }
    return line.state() == Line.State.WHOLE ? wholeLine() : Optional.empty();
  }

  private Optional<Refusal> wholeLine() {
    Optional<Refusal> refusal = Optional.empty();
    if (state == State.REQUEST_LINE) {
      if (line.isEmpty() && !blankLineSeen) {
        skipBlankLine();
      } else {
        refusal = head.requestLine(line);
        state = State.HEADERS;
      }
    } else if (line.isEmpty()) {
      refusal = endHead();
    } else {
      refusal = head.header(line);
    }
    line.clear();
    return refusal;
  }

  /** Some clients end a body so; it belongs to nothing (RFC 9112, section 2.2). */
  private void skipBlankLine() {
    blankLineSeen = true;
    headBytes = 0;
    held.clear();
    unpassed = at;
  }

  private Optional<Refusal> endHead() {
    if (!head.isKnownProtocol()) {
      pass(at);
      requestEnded = true;
      state = State.ENDED; // the HTTP layer says which versions there are
      return Optional.empty();
    }
    Optional<Refusal> refusal = head.end();
    if (refusal.isEmpty()) {
      headInPiece = headBytes;
      pass(at);
      switch (head.body()) {
        case NONE -> endRequest();
        case SIZED -> {
          bodyLeft = head.bodyBytes();
          state = State.SIZED_BODY;
        }
        case CHUNKED -> {
          chunks.begin();
          state = State.CHUNKED_BODY;
        }
      }
    }
    return refusal;
  }

  private void pass(int end) {
    at = end;
    good = end;
  }

  private void endRequest() {
    requestEnded = true;
    head = new RequestHead();
    headBytes = 0;
    blankLineSeen = false;
    state = State.REQUEST_LINE;
  }

  private void end() {
    state = State.ENDED;
    held.clear();
    forget();
  }

  private void forget() {
    bytes = EMPTY;
    at = 0;
    unpassed = 0;
    good = 0;
  }
}
