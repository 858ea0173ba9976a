package io.tidegate.http.relay.seen;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.pekko.util.ByteString;

/**
 * Finds the first token of an answer in the bytes of its stream: the first member that carries
 * generated text, in whichever of the usual APIs, and is not empty. A first chunk that only names
 * the role does not count.
 *
 * <p>Bytes may be split anywhere. Each byte is looked at once, until the token is found.
 *
 * <p>Threading: for one stream's own use.
 */
public final class FirstToken {

  private static final List<byte[]> MEMBERS =
      List.of("content", "text", "delta", "reasoning_content", "reasoning", "arguments").stream()
          .map(name -> name.getBytes(StandardCharsets.US_ASCII))
          .toList();

  private static final int LONGEST =
      MEMBERS.stream().mapToInt(name -> name.length).max().orElseThrow();

  private enum Within {
    /** Between strings. */
    JSON,
    /** In a string, which may turn out to be a member's name. */
    STRING,
    /** In a string, after a backslash. */
    ESCAPE,
    /** After a name that carries text, and before what it carries. */
    VALUE,
    /** After the quote that begins such a text. */
    TEXT
  }

  private final byte[] string = new byte[LONGEST];
  private int length;
  private boolean carriesText;
  private Within within = Within.JSON;

  /** The place right after the token's first byte; 0 if the token is not in these bytes. */
  int endIn(ByteString bytes) {
    for (int i = 0; i < bytes.length(); i++) {
      if (isTokenAt(bytes.apply(i))) {
        return i + 1;
      }
    }
    return 0;
  }

  private boolean isTokenAt(byte next) {
    switch (within) {
      case JSON -> between(next);
      case STRING -> inside(next);
      case ESCAPE -> {
        length = LONGEST + 1; // no name that is looked for has an escape in it
        within = Within.STRING;
      }
      case VALUE -> {
        if (next == '"') {
          within = Within.TEXT;
        } else if (next != ' ') {
          within = Within.JSON;
        }
      }
      case TEXT -> {
        within = Within.JSON;
        return next != '"';
      }
    }
    return false;
  }

  private void between(byte next) {
    if (next == '"') {
      length = 0;
      within = Within.STRING;
    } else if (next == ':' && carriesText) {
      within = Within.VALUE;
    }
    carriesText = carriesText && next == ' ';
  }

  private void inside(byte next) {
    if (next == '\\') {
      within = Within.ESCAPE;
    } else if (next == '"') {
      carriesText = isMember();
      within = Within.JSON;
    } else {
      if (length < LONGEST) {
        string[length] = next;
      }
      length++;
    }
  }

  private boolean isMember() {
    for (byte[] name : MEMBERS) {
      if (name.length == length && Arrays.equals(name, 0, length, string, 0, length)) {
        return true;
      }
    }
    return false;
  }
}
