package io.tidegate.engine.simulation.scenario;

import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The upstream of a scenario, and what becomes of it.
 *
 * @param kind what it runs out of first
 * @param scale its size, 1 for a knee of {@link #FULL_KNEE} streams
 * @param sizes its size from each of these seconds on, relative to the full one; 0: it does nothing
 *     at all
 * @param failing the part of answers that fail right away
 * @param trait what it has beyond the plain model
 */
public record Capacity(
    UpstreamKind kind,
    double scale,
    SortedMap<Integer, Double> sizes,
    double failing,
    Trait trait) {
  /** The streams of a full-sized upstream at its knee. */
  public static final int FULL_KNEE = 385;

  private static final double MOST_SIZE = 10;

  public Capacity {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(trait, "trait");
    sizes = Collections.unmodifiableSortedMap(new TreeMap<>(sizes));
    if (scale <= 0) {
      throw new IllegalArgumentException("an upstream has some size, not " + scale);
    }
    sizes.forEach(
        (second, size) -> {
          if (second < 0 || !(size >= 0 && size <= MOST_SIZE)) {
            throw new IllegalArgumentException(
                "an upstream is 0 to %.0f times its size, not %s at %d s"
                    .formatted(MOST_SIZE, size, second));
          }
        });
  }

  /** An upstream that stays as it is. */
  static Capacity of(UpstreamKind kind, double scale) {
    return new Capacity(kind, scale, Collections.emptySortedMap(), 0, Trait.PLAIN);
  }

  Capacity withScale(double scale) {
    return new Capacity(kind, scale, sizes, failing, trait);
  }

  /** The same with another size from a second on. */
  Capacity withSize(int atSeconds, double size) {
    SortedMap<Integer, Double> more = new TreeMap<>(sizes);
    more.put(atSeconds, size);
    return new Capacity(kind, scale, more, failing, trait);
  }

  Capacity withFailing(double failing) {
    return new Capacity(kind, scale, sizes, failing, trait);
  }

  Capacity withTrait(Trait trait) {
    return new Capacity(kind, scale, sizes, failing, trait);
  }
}
