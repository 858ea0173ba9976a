package io.tidegate.http.transport.framing;

/**
 * Finds its way through a chunked body (RFC 9112, section 7.1), strictly: sizes are hexadecimal
 * digits and nothing else, every line ends in CR LF, and extensions and trailers are bounded and
 * never believed.
 *
 * <p>Threading: for one connection's own use.
 */
final class ChunkedBody {

  /** What the octets are that were just looked at. */
  enum Part {
    /** The beginning of something that cannot be judged before its end has come. */
    UNFINISHED,
    /** A size, or the end of a chunk, in whole. */
    FRAMING,
    /** Bytes of the body. */
    DATA,
    /** The last chunk and the trailers, in whole: the body has ended. */
    END,
    /** Nothing that a body may have here. */
    BROKEN
  }

  private enum Expecting {
    SIZE,
    DATA,
    END_OF_DATA,
    TRAILER
  }

  /** Enough for every size below 2^60. */
  private static final int MAX_SIZE_DIGITS = 15;

  static final int MAX_SIZE_LINE_BYTES = 256;

  /** Of all chunks of a body together; there is no honest use for them. */
  static final int MAX_EXTENSION_BYTES = 16 * 1024;

  static final int MAX_TRAILER_BYTES = 8 * 1024;

  private final Line line = new Line();
  private Expecting expecting = Expecting.SIZE;
  private long left;
  private int extensionBytes;
  private int trailerBytes;
  private Part part = Part.FRAMING;

  /** Begins a new body. */
  void begin() {
    line.clear();
    expecting = Expecting.SIZE;
    left = 0;
    extensionBytes = 0;
    trailerBytes = 0;
    part = Part.FRAMING;
  }

  /** What {@link #scan} has last looked at. */
  Part part() {
    return part;
  }

  /**
   * Looks at the octets from a place on, as far as they are all of one {@link Part}.
   *
   * @return the index after the last octet looked at, which is beyond {@code at}
   */
  int scan(byte[] bytes, int at, int end) {
    if (expecting != Expecting.DATA) {
      return expecting == Expecting.TRAILER ? trailer(bytes, at, end) : line(bytes, at, end);
    }
    int count = (int) Math.min(left, end - at);
    left -= count;
    if (left == 0) {
      expecting = Expecting.END_OF_DATA;
    }
    part = Part.DATA;
    return at + count;
  }

  private int line(byte[] bytes, int at, int end) {
    int max = expecting == Expecting.SIZE ? MAX_SIZE_LINE_BYTES : 0;
    int next = line.take(bytes, at, end, max);
    switch (line.state()) {
      case OPEN -> part = Part.UNFINISHED;
      case WHOLE -> {
        if (expecting == Expecting.SIZE) {
          onSize();
        } else {
          expecting = Expecting.SIZE;
          part = Part.FRAMING;
        }
        line.clear();
      }
      default -> part = Part.BROKEN;
    }
    return next;
  }

  private void onSize() {
    int digits = 0;
    long size = 0;
    while (digits < line.length() && Octets.hexDigit(line.at(digits)) >= 0) {
      size = digits < MAX_SIZE_DIGITS ? size * 16 + Octets.hexDigit(line.at(digits)) : size;
      digits++;
    }
    extensionBytes += line.length() - digits;
    boolean extended = digits < line.length();
    if (digits == 0
        || digits > MAX_SIZE_DIGITS
        || (extended && line.at(digits) != ';')
        || extensionBytes > MAX_EXTENSION_BYTES) {
      part = Part.BROKEN;
    } else if (size == 0) {
      expecting = Expecting.TRAILER;
      part = Part.UNFINISHED;
    } else {
      left = size;
      expecting = Expecting.DATA;
      part = Part.FRAMING;
    }
  }

  private int trailer(byte[] bytes, int at, int end) {
    int next = line.take(bytes, at, end, MAX_TRAILER_BYTES);
    trailerBytes += next - at;
    if (trailerBytes > MAX_TRAILER_BYTES) {
      part = Part.BROKEN;
      return next;
    }
    switch (line.state()) {
      case OPEN -> part = Part.UNFINISHED;
      case WHOLE -> {
        part = line.isEmpty() ? Part.END : FieldLine.isGood(line) ? Part.UNFINISHED : Part.BROKEN;
        if (part == Part.UNFINISHED && FieldLine.framesOrRoutes(line)) {
          part = Part.BROKEN;
        }
        line.clear();
      }
      default -> part = Part.BROKEN;
    }
    return next;
  }
}
