package io.tidegate.engine.limit;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * The highest of the values noted in the last ten minutes, kept as one maximum for each of twenty
 * half minutes; so it looks back between nine and a half and ten minutes.
 */
final class HighestLately {
  private static final long PART_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int PARTS = 20;

  private final double[] highest = new double[PARTS];
  private boolean begun;
  private long partStartNanos;
  private int part;

  /** Notes a value, 0 or more. */
  void note(double value, long nowNanos) {
    turn(nowNanos);
    highest[part] = Math.max(highest[part], value);
  }

  /** The highest lately; 0 if none was noted. */
  double highest(long nowNanos) {
    turn(nowNanos);
    return Arrays.stream(highest).max().orElse(0);
  }

  /** Forgets what was noted. */
  void forget() {
    Arrays.fill(highest, 0);
  }

  private void turn(long nowNanos) {
    if (!begun) {
      begun = true;
      partStartNanos = nowNanos;
    }
    long parts = (nowNanos - partStartNanos) / PART_NANOS;
    for (long turned = 0; turned < Math.min(parts, PARTS); turned++) {
      part = (part + 1) % PARTS;
      highest[part] = 0;
    }
    partStartNanos += Math.max(0, parts) * PART_NANOS;
  }
}
