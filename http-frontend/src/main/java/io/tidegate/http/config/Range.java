package io.tidegate.http.config;

/**
 * The smallest and the largest value a whole number of the configuration may have, both included.
 *
 * <p>Records and file reader share these constants, so that both refuse the same values.
 */
record Range(long min, long max) {

  static final Range PORT = new Range(0, 65_535);
  static final Range CONNECTIONS = new Range(1, 1_000_000);
  static final Range HEADER_BYTES = new Range(1_024, 1_048_576);
  static final Range HEADERS = new Range(8, 1_000);
  static final Range BODY_BYTES = new Range(1_024, 1_073_741_824);
  static final Range SEATS = new Range(1, 1_000_000);
  static final Range RESERVE = new Range(0, 300_000);

  Range {
    if (min > max) {
      throw new IllegalArgumentException("empty range: " + min + " to " + max);
    }
  }

  boolean contains(long value) {
    return min <= value && value <= max;
  }

  /**
   * Gives back the value.
   *
   * @throws IllegalArgumentException if the value is outside, in a sentence that names the field
   */
  int check(String field, int value) {
    return (int) check(field, (long) value);
  }

  long check(String field, long value) {
    if (!contains(value)) {
      throw new IllegalArgumentException(field + ": " + refusal(value));
    }
    return value;
  }

  /** What is wrong with a value outside, and what is allowed. */
  String refusal(long value) {
    return value + " is out of range, allowed " + min + " to " + max;
  }
}
