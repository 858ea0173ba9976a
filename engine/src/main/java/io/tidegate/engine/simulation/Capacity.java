package io.tidegate.engine.simulation;

import java.util.Objects;

/**
 * The upstream of a scenario, and what becomes of it.
 *
 * @param kind what it runs out of first
 * @param scale its size, 1 for a knee of {@link Upstream#FULL_KNEE} streams
 * @param resizeAtSeconds when it changes its size; later than the end: never
 * @param resizeFactor its size from then on, relative to the full one
 * @param failing the part of answers that fail right away
 */
public record Capacity(
    UpstreamKind kind, double scale, int resizeAtSeconds, double resizeFactor, double failing) {

  public Capacity {
    Objects.requireNonNull(kind, "kind");
    if (scale <= 0) {
      throw new IllegalArgumentException("an upstream has some size, not " + scale);
    }
  }

  /** An upstream that stays as it is. */
  static Capacity of(UpstreamKind kind, double scale) {
    return new Capacity(kind, scale, Integer.MAX_VALUE, 1, 0);
  }
}
