package io.tidegate.engine.admission;

import io.tidegate.engine.tier.Tier;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A kind of request that costs more than an ordinary one, or is scarce: a family of models, a tool,
 * images.
 *
 * @param name as configured; it becomes a metric's label
 * @param index the feature's place among all that are configured, from 0
 * @param tiers who may use it; empty: everybody
 * @param seats what one such request costs, at least 1
 * @param maxShare the largest part of the limit that all its requests together may hold, above 0
 *     and at most 1; empty: no bound of its own
 * @param quota how often one subscriber may use it; empty: as often as they like
 */
public record Feature(
    String name,
    int index,
    Set<Tier> tiers,
    int seats,
    OptionalDouble maxShare,
    Optional<Quota> quota) {

  /**
   * So many uses at once, which come back evenly over that length.
   *
   * @param uses at least 1
   * @param per a millisecond or longer
   */
  public record Quota(int uses, Duration per) {
    public Quota {
      if (uses < 1 || per.toMillis() < 1) {
        throw new IllegalArgumentException(
            "a quota needs at least one use and one millisecond: %d per %s".formatted(uses, per));
      }
    }
  }

  public Feature {
    Objects.requireNonNull(name, "name");
    tiers = Set.copyOf(tiers);
    Objects.requireNonNull(quota, "quota");
    if (index < 0 || seats < 1) {
      throw new IllegalArgumentException(
          "feature %s: index %d, seats %d".formatted(name, index, seats));
    }
    if (maxShare.isPresent() && !(maxShare.getAsDouble() > 0 && maxShare.getAsDouble() <= 1)) {
      throw new IllegalArgumentException(
          "feature %s: a share lies above 0 and is at most 1, not %s"
              .formatted(name, maxShare.getAsDouble()));
    }
  }

  /** Whether subscribers of that tier may use it. */
  public boolean isFor(Tier tier) {
    return tiers.isEmpty() || tiers.contains(tier);
  }
}
