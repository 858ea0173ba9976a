package io.tidegate.engine.signup.line;

/** How long a wait may be, in seconds: both ends are estimates. */
public record WaitRange(long lowSeconds, long highSeconds) {

  public WaitRange {
    if (lowSeconds < 0 || highSeconds < lowSeconds) {
      throw new IllegalArgumentException(
          "a wait from %d to %d seconds".formatted(lowSeconds, highSeconds));
    }
  }
}
