package io.tidegate.http.transport.framing;

/**
 * Finds its way through the answers of an upstream's connection, strictly: heads, bodies of either
 * framing, interim answers, which are passed over.
 *
 * <p>Threading: for one connection's own use.
 */
public final class AnswerFramer {

  /** What the octets are that were just looked at. */
  public enum Part {
    /** A part of a head or of a body's framing. */
    FRAMING,
    /** The last octet of a head, which is known now. A body follows, be it of no bytes. */
    HEAD,
    /** Bytes of the body. */
    DATA,
    /** The end of the answer, of which the last octet was looked at, or none was left. */
    END,
    /** Nothing that an answer may have here. */
    BROKEN
  }

  private enum Expecting {
    STATUS_LINE,
    FIELDS,
    BODY,
    NOTHING
  }

  /** There is no honest use for more. */
  private static final int MAX_INTERIM = 8;

  private final int maxHeadBytes;
  private final Line line = new Line();
  private final ChunkedBody chunks = new ChunkedBody();
  private AnswerHead head = new AnswerHead();
  private Expecting expecting = Expecting.NOTHING;
  private Part part = Part.FRAMING;
  private boolean toHead;
  private int headBytes;
  private int interim;
  private long left;

  /** A framer for one connection; a head may have so many bytes, its lines' ends included. */
  public AnswerFramer(int maxHeadBytes) {
    this.maxHeadBytes = maxHeadBytes;
  }

  /**
   * Expects a new answer.
   *
   * @param newToHead whether it answers a {@code HEAD}, so that no body follows
   */
  public void begin(boolean newToHead) {
    toHead = newToHead;
    interim = 0;
    expectHead();
  }

  private void expectHead() {
    head = new AnswerHead();
    headBytes = 0;
    line.clear();
    expecting = Expecting.STATUS_LINE;
  }

  /** The head that has come last. */
  public AnswerHead head() {
    return head;
  }

  /** What {@link #scan} has last looked at. */
  public Part part() {
    return part;
  }

  /**
   * Looks at the octets from a place on, as far as they are all of one {@link Part}. After a head,
   * call it even without further octets, since the answer may have ended with it.
   *
   * @return the index after the last octet looked at
   */
  public int scan(byte[] bytes, int at, int end) {
    switch (expecting) {
      case STATUS_LINE, FIELDS -> {
        return headLine(bytes, at, end);
      }
      case BODY -> {
        return body(bytes, at, end);
      }
      case NOTHING -> part = at < end ? Part.BROKEN : Part.FRAMING;
    }
    return at;
  }

  /**
   * The connection has come to its end.
   *
   * @return whether the answer has, too, and is whole
   */
  public boolean endsWithConnection() {
    boolean whole = expecting == Expecting.BODY && head.body(toHead) == AnswerHead.Body.UNTIL_CLOSE;
    expecting = Expecting.NOTHING;
    return whole;
  }

  private int headLine(byte[] bytes, int at, int end) {
    int next = line.take(bytes, at, end, maxHeadBytes);
    headBytes += next - at;
    part = Part.FRAMING;
    boolean good = headBytes <= maxHeadBytes;
    if (line.state() == Line.State.WHOLE) {
      good &= wholeLine();
      line.clear();
    } else {
      good &= line.state() == Line.State.OPEN;
    }
    if (!good) {
      part = Part.BROKEN;
    }
    return next;
  }

  private boolean wholeLine() {
    if (expecting == Expecting.STATUS_LINE) {
      expecting = Expecting.FIELDS;
      return head.statusLine(line);
    }
    if (!line.isEmpty()) {
      return head.field(line);
    }
    if (!head.isGood()) {
      return false;
    }
    if (head.isInterim()) {
      interim++;
      expectHead();
      return interim <= MAX_INTERIM;
    }
    part = Part.HEAD;
    expecting = Expecting.BODY;
    left = head.length().orElse(0);
    chunks.begin();
    return true;
  }

  private int body(byte[] bytes, int at, int end) {
    switch (head.body(toHead)) {
      case NONE -> {
        return ended(at);
      }
      case UNTIL_CLOSE -> {
        part = at < end ? Part.DATA : Part.FRAMING;
        return end;
      }
      case CHUNKED -> {
        return chunk(bytes, at, end);
      }
      case SIZED -> {
        if (left == 0) {
          return ended(at);
        }
        int count = (int) Math.min(left, end - at);
        left -= count;
        part = count > 0 ? Part.DATA : Part.FRAMING;
        return at + count;
      }
    }
    throw new IllegalStateException("no such body");
  }

  private int chunk(byte[] bytes, int at, int end) {
    if (at == end) {
      part = Part.FRAMING;
      return at;
    }
    int next = chunks.scan(bytes, at, end);
    switch (chunks.part()) {
      case UNFINISHED, FRAMING -> part = Part.FRAMING;
      case DATA -> part = Part.DATA;
      case END -> ended(next);
      case BROKEN -> part = Part.BROKEN;
    }
    return next;
  }

  private int ended(int at) {
    part = Part.END;
    expecting = Expecting.NOTHING;
    return at;
  }
}
