package io.tidegate.engine.limit;

import io.tidegate.engine.limit.signs.Sample;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Computes the limit from what the service has shown.
 *
 * <p>A policy is told every window, one after the other, and is not safe for use by several
 * threads. From the same samples at the same times it computes the same limits.
 */
public sealed interface LimitPolicy permits FixedLimit, AdaptiveLimit, ShadowLimit {

  /**
   * The policy that the settings ask for.
   *
   * @param known what an earlier run has learned; only an adaptive limit, or a computed one, uses
   *     it
   */
  static LimitPolicy of(LimitSettings settings, Optional<LimitState> known, long nowEpochMillis) {
    if (settings instanceof LimitSettings.Fixed fixed) {
      return new FixedLimit(fixed.seats());
    }
    if (settings instanceof LimitSettings.Shadow shadow) {
      AdaptiveLimit computed = new AdaptiveLimit(shadow.computed(), known, nowEpochMillis);
      return new ShadowLimit(shadow.enforcedSeats(), computed);
    }
    return new AdaptiveLimit((LimitSettings.Adaptive) settings, known, nowEpochMillis);
  }

  /** The limit to enforce; empty: none. */
  OptionalInt seats();

  /** Takes in a window that ends now. */
  LimitStep step(Sample sample, long nowNanos);

  /** What is worth keeping over a restart, if anything was learned. */
  Optional<LimitState> state(long nowEpochMillis);
}
