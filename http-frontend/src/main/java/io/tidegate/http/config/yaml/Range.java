package io.tidegate.http.config.yaml;

/**
 * The smallest and the largest value a whole number of the configuration may have, both included.
 *
 * <p>Records and file reader share these, so that both refuse the same values.
 */
public record Range(long min, long max) {

  public Range {
    if (min > max) {
      throw new IllegalArgumentException("empty range: " + min + " to " + max);
    }
  }

  /** Whether the value is inside. */
  public boolean contains(long value) {
    return min <= value && value <= max;
  }

  /**
   * Refuses a value outside.
   *
   * @throws IllegalArgumentException in a sentence that names the field
   */
  public void check(String field, long value) {
    if (!contains(value)) {
      throw new IllegalArgumentException(field + ": " + refusal(value));
    }
  }

  /** What is wrong with a value outside, and what is allowed. */
  public String refusal(long value) {
    return value + " is out of range, allowed " + min + " to " + max;
  }
}
