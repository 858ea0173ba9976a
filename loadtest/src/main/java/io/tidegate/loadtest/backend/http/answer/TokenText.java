package io.tidegate.loadtest.backend.http.answer;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * The text of the tokens of one answer: a space, the letter t and the token's number, so that a
 * client can tell whether one is missing or out of place.
 */
final class TokenText {

  private static final int MARK_BYTES = 2;

  private final byte[] padding;
  private final int minBytes;

  /**
   * @param minBytes shorter texts are filled up with dots
   */
  TokenText(int minBytes) {
    this.minBytes = minBytes;
    this.padding = new byte[minBytes];
    Arrays.fill(padding, (byte) '.');
  }

  int bytes(int number) {
    return Math.max(minBytes, MARK_BYTES + decimalDigits(number));
  }

  void writeTo(ByteBuf out, int number) {
    int digits = decimalDigits(number);
    out.writeByte(' ').writeByte('t');
    writeDecimal(out, number, digits);
    out.writeBytes(padding, 0, Math.max(0, minBytes - MARK_BYTES - digits));
  }

  private static void writeDecimal(ByteBuf out, int number, int digits) {
    int end = out.writerIndex() + digits;
    out.ensureWritable(digits);
    int rest = number;
    for (int i = end - 1; i >= end - digits; i--) {
      out.setByte(i, '0' + rest % 10);
      rest /= 10;
    }
    out.writerIndex(end);
  }

  private static int decimalDigits(int number) {
    int digits = 1;
    for (int rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    return digits;
  }
}
