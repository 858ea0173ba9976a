package io.tidegate.http.transport.framing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.pekko.util.ByteString;

/**
 * Writes a head so that Pekko's model of it carries what would not come out of it as it went in.
 *
 * <ul>
 *   <li>{@code Content-Type} gets another name: Pekko would take it apart, and put it together in
 *       its own way.
 *   <li>Octets beyond US-ASCII are written as the characters of their number: Pekko reads values as
 *       UTF-8 and writes characters as octets, so that each octet comes out as it was.
 * </ul>
 *
 * <p>Where a line begins and ends has been judged before, and stays as it is.
 */
public final class VerbatimHead {

  /** How {@code Content-Type} is called meanwhile. Nobody else's header has this name. */
  public static final String CONTENT_TYPE = "x-tidegate-content-type";

  private static final byte[] TYPE = "content-type:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NEW_TYPE = (CONTENT_TYPE + ':').getBytes(StandardCharsets.US_ASCII);
  private static final int MORE_BYTES = 32;
  private static final int SIX_BITS = 6;
  private static final char LAST_ASCII = 0x7F;

  private VerbatimHead() {}

  /**
   * The same piece with its head written so.
   *
   * @param headBytes how many of its bytes are a head, from the first on
   */
  public static ByteString of(ByteString piece, int headBytes) {
    byte[] from = piece.toArrayUnsafe();
    if (isPlain(from, headBytes)) {
      return piece;
    }
    ByteArrayOutputStream to = new ByteArrayOutputStream(from.length + MORE_BYTES);
    for (int at = 0; at < headBytes; ) {
      int next = afterLine(from, at);
      if (startsWith(from, at, TYPE)) {
        to.writeBytes(NEW_TYPE);
        write(from, at + TYPE.length, next, to);
      } else if (!startsWith(from, at, NEW_TYPE)) {
        write(from, at, next, to);
      }
      at = next;
    }
    to.write(from, headBytes, from.length - headBytes);
    return ByteString.fromArrayUnsafe(to.toByteArray());
  }

  /** A value out of Pekko's model as the text that its octets are in UTF-8. */
  public static String text(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) > LAST_ASCII) {
        return new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
      }
    }
    return value;
  }

  private static boolean isPlain(byte[] head, int length) {
    for (int at = 0; at < length; at++) {
      boolean lineBegins = head[at] == '\n';
      if (head[at] < 0
          || (lineBegins
              && (startsWith(head, at + 1, TYPE) || startsWith(head, at + 1, NEW_TYPE)))) {
        return false;
      }
    }
    return true;
  }

  private static int afterLine(byte[] head, int from) {
    int at = from;
    while (head[at] != '\n') {
      at++;
    }
    return at + 1;
  }

  private static boolean startsWith(byte[] head, int at, byte[] lowercase) {
    if (head.length - at < lowercase.length) {
      return false;
    }
    for (int i = 0; i < lowercase.length; i++) {
      byte octet = head[at + i];
      int lower = octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet;
      if (lower != lowercase[i]) {
        return false;
      }
    }
    return true;
  }

  /** In UTF-8, a character up to U+00FF has its last six bits in a second octet. */
  private static void write(byte[] from, int at, int end, ByteArrayOutputStream to) {
    for (byte octet : Arrays.copyOfRange(from, at, end)) {
      if (octet >= 0) {
        to.write(octet);
      } else {
        int character = octet & 0xFF;
        to.write(0xC0 | (character >> SIX_BITS));
        to.write(0x80 | (character & 0x3F));
      }
    }
  }
}
