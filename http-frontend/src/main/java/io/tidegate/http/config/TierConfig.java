package io.tidegate.http.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The tiers subscribers may have, and who goes first when not all can be served.
 *
 * @param names every tier, in the order of the file
 * @param shedOrder the same tiers, first the one that is shed first
 * @param classOrder classes such as {@code plus-opening}, best first; empty: derived from the shed
 *     order
 */
public record TierConfig(List<String> names, List<String> shedOrder, List<String> classOrder) {

  public TierConfig {
    names = List.copyOf(names);
    shedOrder = List.copyOf(shedOrder);
    classOrder = List.copyOf(classOrder);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("tiers: at least one is needed");
    }
    Set<String> known = new HashSet<>(names);
    if (known.size() != names.size()) {
      throw new IllegalArgumentException("tiers: a name appears twice: " + names);
    }
    if (shedOrder.size() != names.size() || !known.equals(new HashSet<>(shedOrder))) {
      throw new IllegalArgumentException(
          "shed_order: " + shedOrder + " does not name each tier of " + names + " once");
    }
  }

  /** Plus, free and new; new subscribers are shed first, plus last. */
  public static TierConfig defaults() {
    return new TierConfig(
        List.of("plus", "free", "new"), List.of("new", "free", "plus"), List.of());
  }
}
