package io.tidegate.http.transport.framing;

import java.util.Arrays;
import org.apache.pekko.util.ByteString;

/** What has come of a head or a line, until the rest of it comes. */
final class Held {

  private static final byte[] EMPTY = {};

  private byte[] bytes = EMPTY;
  private int length;

  void clear() {
    bytes = EMPTY;
    length = 0;
  }

  void add(byte[] from, int start, int end) {
    int needed = length + end - start;
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * length));
    }
    System.arraycopy(from, start, bytes, length, end - start);
    length = needed;
  }

  /** All that is held, and some more, as one; nothing is held afterwards. */
  ByteString takeWith(byte[] from, int start, int end) {
    if (length == 0) {
      return ByteString.fromArrayUnsafe(from, start, end - start);
    }
    byte[] whole = Arrays.copyOf(bytes, length + end - start);
    System.arraycopy(from, start, whole, length, end - start);
    clear();
    return ByteString.fromArrayUnsafe(whole);
  }
}
