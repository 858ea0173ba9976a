package io.tidegate.engine.gate;

/**
 * How long seats are held, as a mean over the last few requests.
 *
 * <p><b>Threading:</b> any thread.
 *
 * <p><b>Progress:</b> wait-free.
 *
 * <p><b>Ordering:</b> opaque: two releases at once may lose one of their times, and an estimate can
 * bear that.
 *
 * <p><b>Source:</b> an exponentially weighted mean.
 */
final class HeldTime {
  private static final int MEAN_OVER = 32;

  private final PaddedLongs mean = new PaddedLongs(1);

  void note(long nanos) {
    long before = mean.getOpaque(0);
    mean.setOpaque(0, before == 0 ? nanos : before + (nanos - before) / MEAN_OVER);
  }

  /** The mean; 0 if no request has ended. */
  long nanos() {
    return mean.getOpaque(0);
  }
}
