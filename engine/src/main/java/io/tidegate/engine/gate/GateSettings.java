package io.tidegate.engine.gate;

import java.time.Duration;

/**
 * What is fixed about a gate; only measurements of what it is worth use other settings than these.
 *
 * @param latch how long worse classes are kept out after one was refused for want of room; zero:
 *     not at all
 */
public record GateSettings(Duration latch) {

  public GateSettings {
    if (latch.isNegative()) {
      throw new IllegalArgumentException("nobody is kept out for a negative time: " + latch);
    }
  }

  /** A latch of a second. */
  public static GateSettings defaults() {
    return new GateSettings(Duration.ofNanos(Latch.HOLD_NANOS));
  }
}
