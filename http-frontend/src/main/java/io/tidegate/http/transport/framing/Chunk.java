package io.tidegate.http.transport.framing;

import java.nio.charset.StandardCharsets;
import org.apache.pekko.util.ByteString;

/** One chunk of a body (RFC 9112, section 7.1), as it is written. */
public final class Chunk {

  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int BITS_PER_DIGIT = 4;
  private static final int LINE_END_BYTES = 2;

  private Chunk() {}

  /** The chunk that carries these bytes, of which there must be some: an empty one ends a body. */
  public static ByteString of(ByteString data) {
    int size = data.length();
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(size);
    int digits = (bits + BITS_PER_DIGIT - 1) / BITS_PER_DIGIT;
    byte[] chunk = new byte[digits + LINE_END_BYTES + size + LINE_END_BYTES];
    for (int at = digits - 1, rest = size; at >= 0; at--, rest >>>= BITS_PER_DIGIT) {
      chunk[at] = DIGITS[rest % DIGITS.length];
    }
    lineEnd(chunk, digits);
    data.copyToArray(chunk, digits + LINE_END_BYTES, size);
    lineEnd(chunk, chunk.length - LINE_END_BYTES);
    return ByteString.fromArrayUnsafe(chunk);
  }

  private static void lineEnd(byte[] chunk, int at) {
    chunk[at] = '\r';
    chunk[at + 1] = '\n';
  }
}
