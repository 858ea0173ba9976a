package io.tidegate.http.transport.framing;

import java.util.OptionalLong;

/** The value of a {@code Content-Length}: digits and nothing else (RFC 9110, section 8.6). */
final class ContentLength {

  private static final int MAX_DIGITS = 19;

  private ContentLength() {}

  /** The number of bytes; empty if the text is not one number below 2^63. */
  static OptionalLong parse(String text) {
    if (text.isEmpty() || text.length() > MAX_DIGITS) {
      return OptionalLong.empty();
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
        return OptionalLong.empty();
      }
      value = value * 10 + digit;
    }
    return OptionalLong.of(value);
  }
}
