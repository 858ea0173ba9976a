package io.tidegate.http.relay;

import java.nio.charset.StandardCharsets;
import org.apache.pekko.util.ByteString;

/**
 * Finds the first content token in the bytes of a chat stream: the first {@code "content":"} that
 * is followed by anything but the closing quote. A first chunk that only names the role does not
 * count.
 *
 * <p>Bytes may be split anywhere. Each byte is looked at once, until the token is found.
 *
 * <p>Threading: for one stream's own use.
 */
final class FirstToken {

  private static final byte[] MARK = "\"content\":\"".getBytes(StandardCharsets.US_ASCII);

  /** How much of the mark the last bytes matched; blanks after the colon are skipped. */
  private int matched;

  private boolean found;

  /** Whether the token is in these bytes. True once. */
  boolean isIn(ByteString bytes) {
    if (found) {
      return false;
    }
    for (int i = 0; i < bytes.length(); i++) {
      if (endsWith(bytes.apply(i))) {
        found = true;
        return true;
      }
    }
    return false;
  }

  private boolean endsWith(byte next) {
    if (matched == MARK.length) {
      matched = 0;
      return next != '"';
    }
    boolean blankBeforeValue = matched == MARK.length - 1 && next == ' ';
    if (!blankBeforeValue) {
      matched = next == MARK[matched] ? matched + 1 : next == MARK[0] ? 1 : 0;
    }
    return false;
  }
}
