package io.tidegate.http.config;

import io.tidegate.engine.tier.TierTable;
import java.util.List;

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
    table(names, shedOrder, classOrder);
  }

  /** Plus, free and new; new subscribers are shed first, plus last. */
  public static TierConfig defaults() {
    return new TierConfig(
        List.of("plus", "free", "new"), List.of("new", "free", "plus"), List.of());
  }

  /** The same for the engine. */
  public TierTable table() {
    return table(names, shedOrder, classOrder);
  }

  private static TierTable table(
      List<String> names, List<String> shedOrder, List<String> classOrder) {
    return classOrder.isEmpty()
        ? TierTable.of(names, shedOrder)
        : TierTable.of(names, shedOrder, classOrder);
  }
}
