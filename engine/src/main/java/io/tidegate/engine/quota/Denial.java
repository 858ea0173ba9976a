package io.tidegate.engine.quota;

import io.tidegate.engine.admission.RefusalReason;

/**
 * Why a quota says no, and for how long, in one number: a caller who is denied costs no object.
 *
 * <p>The reason is in the low byte, the time in milliseconds above it.
 */
public final class Denial {
  /** Nothing stands against it. */
  public static final long NONE = 0;

  private static final RefusalReason[] REASONS = RefusalReason.values();
  private static final int REASON_BITS = Byte.SIZE;
  private static final long REASON_MASK = (1 << REASON_BITS) - 1;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private Denial() {}

  /** A denial that time alone does not lift, or of which nobody knows how long it lasts. */
  public static long of(RefusalReason reason) {
    return of(reason, 0);
  }

  /**
   * A denial that is over after a time.
   *
   * @param waitNanos until then, 0 or more; rounded up to a millisecond
   */
  @SuppressWarnings("EnumOrdinal") // Read back by this class alone.
  public static long of(RefusalReason reason, long waitNanos) {
    long millis = waitNanos / NANOS_PER_MILLI + (waitNanos % NANOS_PER_MILLI > 0 ? 1 : 0);
    return (millis << REASON_BITS) | (reason.ordinal() + 1);
  }

  /**
   * Why.
   *
   * @throws IllegalArgumentException for {@link #NONE}
   */
  public static RefusalReason reason(long denial) {
    if (denial == NONE) {
      throw new IllegalArgumentException("nothing was denied");
    }
    return REASONS[(int) (denial & REASON_MASK) - 1];
  }

  /** After how many milliseconds it is over; 0 where that is not known or time changes nothing. */
  public static long retryAfterMillis(long denial) {
    return denial >>> REASON_BITS;
  }
}
