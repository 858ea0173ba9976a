package io.tidegate.http.transport.framing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The head of an upstream's answer, read strictly, line by line, and how its body is framed (RFC
 * 9112, sections 4, 5 and 6.3).
 *
 * <p>An answer that could be read in two ways is refused: both framings or one of them twice,
 * codings other than {@code chunked}, lengths that are not plain numbers, folded lines.
 *
 * <p>Threading: for one connection's own use.
 */
public final class AnswerHead {

  /** A header as it came, without blanks around its value. */
  public record Field(String name, String value) {}

  /** What ends the body. */
  public enum Body {
    /** There is none. */
    NONE,
    /** Its length. */
    SIZED,
    /** Its last chunk. */
    CHUNKED,
    /** The end of the connection. */
    UNTIL_CLOSE
  }

  private static final int MAX_FIELDS = 256;

  /** As in {@code HTTP/1.1 200}. */
  private static final int STATUS_END = 12;

  private final List<Field> fields = new ArrayList<>();
  private int status;
  private boolean oldProtocol;
  private Optional<String> contentType = Optional.empty();
  private OptionalLong length = OptionalLong.empty();
  private boolean chunked;
  private boolean closes;

  AnswerHead() {}

  /** 100 to 599. */
  public int status() {
    return status;
  }

  /** All headers but those that frame the body and the one that names its type. */
  public List<Field> fields() {
    return fields;
  }

  /** What the body is, in the upstream's words. */
  public Optional<String> contentType() {
    return contentType;
  }

  /** The length that is told; also of an answer without a body, for one that would have one. */
  public OptionalLong length() {
    return length;
  }

  /** Whether the connection may be used again after this answer. */
  public boolean keepsConnection(boolean toHead) {
    return !closes && !oldProtocol && body(toHead) != Body.UNTIL_CLOSE;
  }

  /** What ends the body of an answer, which to a {@code HEAD} has none. */
  public Body body(boolean toHead) {
    if (toHead || status < 200 || status == 204 || status == 304) {
      return Body.NONE;
    }
    if (chunked) {
      return Body.CHUNKED;
    }
    if (length.isEmpty()) {
      return Body.UNTIL_CLOSE;
    }
    return length.getAsLong() == 0 ? Body.NONE : Body.SIZED;
  }

  /** Whether a body would come in chunks. */
  public boolean chunked() {
    return chunked;
  }

  boolean isInterim() {
    return status < 200;
  }

  /** Reads the first line; false if it is none. */
  boolean statusLine(Line line) {
    boolean whole =
        line.length() == STATUS_END || (line.length() > STATUS_END && line.at(STATUS_END) == ' ');
    if (!whole) {
      return false;
    }
    String version = line.text(0, STATUS_END - 3);
    oldProtocol = version.equals("HTTP/1.0 ");
    for (int i = STATUS_END - 3; i < STATUS_END; i++) {
      int digit = line.at(i) - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      status = status * 10 + digit;
    }
    // 101 would change the protocol, for which nobody has asked.
    return (oldProtocol || version.equals("HTTP/1.1 "))
        && status >= 100
        && status < 600
        && status != 101;
  }

  /** Reads a further line; false if it is no header, or one that makes the framing ambiguous. */
  boolean field(Line line) {
    if (!FieldLine.isGood(line) || fields.size() == MAX_FIELDS) {
      return false;
    }
    String value = FieldLine.value(line);
    if (line.startsWith("content-length:")) {
      boolean first = length.isEmpty();
      length = ContentLength.parse(value);
      return first && length.isPresent();
    } else if (line.startsWith("transfer-encoding:")) {
      boolean first = !chunked;
      chunked = true;
      return first && value.equalsIgnoreCase("chunked");
    } else if (line.startsWith("content-type:")) {
      contentType = Optional.of(value);
    } else {
      if (line.startsWith("connection:")) {
        closes |= namesClose(value);
      }
      fields.add(new Field(line.text(0, line.tokenLength()), value));
    }
    return true;
  }

  /** Judges the head as a whole. */
  boolean isGood() {
    return !chunked || (length.isEmpty() && !oldProtocol);
  }

  private static boolean namesClose(String connection) {
    for (String token : connection.split(",", -1)) {
      if (token.strip().equalsIgnoreCase("close")) {
        return true;
      }
    }
    return false;
  }
}
