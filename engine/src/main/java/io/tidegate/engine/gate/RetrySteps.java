package io.tidegate.engine.gate;

/**
 * The times that a refusal can tell: every quarter of a second up to 64 s, and from there on
 * sixteen for each doubling, up to a year. So there are few enough to make all refusals beforehand,
 * and none tells a time that is longer than it was to be by more than a sixteenth.
 *
 * <p><b>Threading:</b> pure functions.
 *
 * <p><b>Progress:</b> wait-free, allocates nothing.
 *
 * <p><b>Ordering:</b> none needed.
 *
 * <p><b>Source:</b> the buckets of HdrHistogram.
 */
final class RetrySteps {
  private static final int STEPS_PER_DOUBLING = 16;
  private static final int STEP_BITS = 4;
  private static final int EXACT_BITS = 8;
  private static final int EXACT = 1 << EXACT_BITS;
  private static final int MOST_BITS = 27;
  private static final long MOST_QUARTERS = 1L << MOST_BITS;

  /** How many there are, that of no time included. */
  static final int COUNT = EXACT + (MOST_BITS - EXACT_BITS) * STEPS_PER_DOUBLING + 1;

  private RetrySteps() {}

  /** The first step that is not before a time. */
  static int of(long millis) {
    long quarters =
        Math.min(
            (millis + RetryAfter.QUARTER_MILLIS - 1) / RetryAfter.QUARTER_MILLIS, MOST_QUARTERS);
    if (quarters < EXACT) {
      return (int) quarters;
    }
    int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(quarters) - STEP_BITS;
    int leading = (int) ((quarters + (1L << shift) - 1) >>> shift);
    return EXACT + (shift - STEP_BITS) * STEPS_PER_DOUBLING + leading - STEPS_PER_DOUBLING;
  }

  /** The time of a step. */
  static long millis(int step) {
    if (step < EXACT) {
      return step * RetryAfter.QUARTER_MILLIS;
    }
    int beyond = step - EXACT;
    int shift = STEP_BITS + beyond / STEPS_PER_DOUBLING;
    int leading = STEPS_PER_DOUBLING + beyond % STEPS_PER_DOUBLING;
    return ((long) leading << shift) * RetryAfter.QUARTER_MILLIS;
  }
}
