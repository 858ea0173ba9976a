package io.tidegate.engine.control;

import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * Whether demand is above what the service can carry, with a memory, so that it does not change to
 * and fro. Told once a second; not safe for use by several threads.
 */
final class Surge {
  // Nine tenths is where the limit calls itself full. A mean over ten seconds bridges single
  // bursts.
  private static final double BEGINS_AT_USE = .90;
  private static final double USE_OVER_SECONDS = 10;
  // Clearly less, and for a minute: a flood comes in waves.
  private static final double ENDS_BELOW_USE = .75;
  private static final long ENDS_AFTER_NANOS = TimeUnit.SECONDS.toNanos(60);
  // One in a hundred, so that a single request that is too large for its class is none.
  private static final double SHEDDING_SHARE = .01;
  // Retry-After sends most refused ones away for some seconds: their return belongs to it.
  private static final long SHEDDING_LASTS_NANOS = TimeUnit.SECONDS.toNanos(10);

  private SurgeState state = SurgeState.calm();
  private boolean begun;
  private long lastNanos;
  private double use;
  private long shedNanos;
  private long busyNanos;

  /** The state now. */
  SurgeState state() {
    return state;
  }

  /**
   * Takes in a second.
   *
   * @param useOfLimit seats held over the limit; empty: there is no limit
   * @param second what became of requests in it
   */
  void step(OptionalDouble useOfLimit, Requests second, long nowNanos, long nowEpochMillis) {
    double seconds = begun ? (nowNanos - lastNanos) / 1e9 : 0;
    begun = true;
    lastNanos = nowNanos;
    use += (1 - Math.exp(-seconds / USE_OVER_SECONDS)) * (useOfLimit.orElse(0) - use);
    boolean sheds =
        second.refusedForRoom() > 0 && second.refusedForRoom() >= SHEDDING_SHARE * second.offered();
    if (sheds) {
      shedNanos = nowNanos;
    }
    if (sheds || use >= ENDS_BELOW_USE) {
      busyNanos = nowNanos;
    }
    state = state.to(next(sheds, nowNanos), nowEpochMillis);
  }

  private SurgeState.Level next(boolean sheds, long nowNanos) {
    boolean calm = state.level() == SurgeState.Level.CALM;
    boolean shedding = state.level() == SurgeState.Level.SHEDDING;
    if (sheds || (shedding && nowNanos - shedNanos < SHEDDING_LASTS_NANOS)) {
      return SurgeState.Level.SHEDDING;
    }
    boolean lasts = calm ? use >= BEGINS_AT_USE : nowNanos - busyNanos < ENDS_AFTER_NANOS;
    return lasts ? SurgeState.Level.SURGE : SurgeState.Level.CALM;
  }
}
