package io.tidegate.http.transport.framing;

/** The classes of octets of HTTP/1.1's grammar (RFC 9110, section 5.6; RFC 9112, section 2.2). */
final class Octets {

  static final byte CR = '\r';
  static final byte LF = '\n';
  static final byte TAB = '\t';

  private static final int DELETE = 0x7f;
  private static final boolean[] TOKEN = new boolean[128];

  static {
    for (char c = 'a'; c <= 'z'; c++) {
      TOKEN[c] = true;
      TOKEN[Character.toUpperCase(c)] = true;
    }
    for (char c = '0'; c <= '9'; c++) {
      TOKEN[c] = true;
    }
    for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
      TOKEN[c] = true;
    }
  }

  private Octets() {}

  /** Whether it may stand in a method or in the name of a header. */
  static boolean isToken(byte octet) {
    return octet > 0 && TOKEN[octet];
  }

  /** Whether it may stand in a line: anything but controls, of which a tab is allowed. */
  static boolean isText(byte octet) {
    return octet < 0 || (octet >= ' ' && octet != DELETE) || octet == TAB;
  }

  /** Whether it may stand in a request's target: visible ASCII, and no fragment follows. */
  static boolean isTarget(byte octet) {
    return octet > ' ' && octet != DELETE && octet != '#';
  }

  static boolean isBlank(byte octet) {
    return octet == ' ' || octet == TAB;
  }

  /** The value of a hexadecimal digit, or something negative. */
  static int hexDigit(byte octet) {
    return octet > 0 ? Character.digit(octet, 16) : -1;
  }
}
