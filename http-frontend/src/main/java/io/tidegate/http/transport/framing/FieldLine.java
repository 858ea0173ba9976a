package io.tidegate.http.transport.framing;

/** The form of a header's line: a name of token characters, a colon right after it, a value. */
final class FieldLine {

  private FieldLine() {}

  /**
   * Whether a line has this form. A line that begins with a blank, which older rules took for more
   * of the line before (RFC 9112, section 5.2), has not.
   */
  static boolean isGood(Line line) {
    int name = line.tokenLength();
    return name > 0 && name < line.length() && line.at(name) == ':';
  }

  /** The value of a good line. */
  static String value(Line line) {
    return line.stripped(line.tokenLength() + 1, line.length());
  }

  /** Whether a good line is a header that no trailer may be (RFC 9110, section 6.5.1). */
  static boolean framesOrRoutes(Line line) {
    return line.startsWith("content-length:")
        || line.startsWith("transfer-encoding:")
        || line.startsWith("host:");
  }
}
