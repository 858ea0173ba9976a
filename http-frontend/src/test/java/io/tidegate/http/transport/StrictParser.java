package io.tidegate.http.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads HTTP/1.1 messages as the standard has them and no others: a parser that shares nothing with
 * the gate's, to stand behind and before it.
 */
final class StrictParser {

  /** What is wrong with a message. */
  static final class Violation extends IOException {
    private static final long serialVersionUID = 1;

    Violation(String message) {
      super(message);
    }
  }

  /** A message's first line and the bytes of its body. */
  record Message(String firstLine, int bodyBytes) {}

  private static final Pattern FIELD =
      Pattern.compile(
          "([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*([\\t\\x20-\\x7e\\x80-\\xff]*?)[ \\t]*");

  private final InputStream in;

  StrictParser(InputStream in) {
    this.in = in;
  }

  /** Every message of some bytes, which must end with the last of them. */
  static List<Message> all(byte[] bytes) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    StrictParser parser = new StrictParser(in);
    List<Message> messages = new ArrayList<>();
    while (in.available() > 0) {
      messages.add(parser.next());
    }
    return messages;
  }

  /** The next message; its first line is empty at the end of the input. */
  Message next() throws IOException {
    String first = line(true);
    if (first.isEmpty()) {
      return new Message("", 0);
    }
    int length = -1;
    boolean chunked = false;
    for (String line = line(false); !line.isEmpty(); line = line(false)) {
      var field = FIELD.matcher(line);
      require(field.matches(), "not a field: " + line);
      String name = field.group(1).toLowerCase(Locale.ROOT);
      if (name.equals("content-length")) {
        require(length < 0 && field.group(2).matches("\\d{1,9}"), "length: " + line);
        length = Integer.parseInt(field.group(2));
      } else if (name.equals("transfer-encoding")) {
        require(!chunked && field.group(2).equals("chunked"), "coding: " + line);
        chunked = true;
      }
    }
    require(!chunked || length < 0, "two framings");
    return new Message(first, chunked ? chunks() : body(Math.max(0, length)));
  }

  private int chunks() throws IOException {
    int sum = 0;
    while (true) {
      String size = line(false);
      require(size.matches("[0-9A-Fa-f]{1,7}(;[\\x20-\\x7e]*)?"), "size: " + size);
      int count = body(Integer.parseInt(size.replaceFirst(";.*", ""), 16));
      sum += count;
      String end = line(false);
      if (count == 0) {
        while (!end.isEmpty()) {
          end = line(false);
        }
        return sum;
      }
      require(end.isEmpty(), "a chunk is longer than it says");
    }
  }

  private int body(int bytes) throws IOException {
    require(in.readNBytes(bytes).length == bytes, "a body is shorter than it says");
    return bytes;
  }

  private String line(boolean mayEnd) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); ; next = in.read()) {
      if (next < 0) {
        require(mayEnd && line.length() == 0, "cut short after: " + line);
        return "";
      }
      if (next == '\r') {
        require(in.read() == '\n', "a bare carriage return after: " + line);
        return line.toString();
      }
      require(next != '\n' && next != 0, "a bare line feed or NUL after: " + line);
      line.append((char) next);
    }
  }

  private static void require(boolean good, String otherwise) throws Violation {
    if (!good) {
      throw new Violation(otherwise);
    }
  }
}
