package io.tidegate.http.config.admission;

import io.tidegate.engine.tier.TierTable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The tiers subscribers may have, and who goes first when not all can be served.
 *
 * @param names every tier, in the order of the file
 * @param shedOrder the same tiers, first the one that is shed first
 * @param classOrder classes such as {@code plus-opening}, best first; empty: derived from the shed
 *     order
 * @param terms what each tier is entitled to; for whoever is left out, the default of its place
 * @param newSubscribers who is treated as new; empty: nobody
 */
public record TierConfig(
    List<String> names,
    List<String> shedOrder,
    List<String> classOrder,
    Map<String, TierTerms> terms,
    Optional<NewSubscriberConfig> newSubscribers) {

  public TierConfig {
    names = List.copyOf(names);
    shedOrder = List.copyOf(shedOrder);
    classOrder = List.copyOf(classOrder);
    Objects.requireNonNull(newSubscribers, "newSubscribers");
    table(names, shedOrder, classOrder);
    Map<String, TierTerms> complete = new LinkedHashMap<>();
    for (String name : names) {
      complete.put(name, terms.getOrDefault(name, defaultTerms(name, shedOrder)));
    }
    terms = Collections.unmodifiableMap(complete);
    if (newSubscribers.isPresent() && !names.contains(newSubscribers.get().tier())) {
      throw new IllegalArgumentException(
          "new_subscribers.tier: `%s` is not a tier of %s"
              .formatted(newSubscribers.get().tier(), names));
    }
  }

  /** Tiers in that order, with the terms and the rule for new subscribers that are the default. */
  public static TierConfig of(List<String> names, List<String> shedOrder, List<String> classOrder) {
    return new TierConfig(
        names, shedOrder, classOrder, Map.of(), NewSubscriberConfig.defaultAmong(shedOrder));
  }

  /** Plus, free and new; new subscribers are shed first, plus last. */
  public static TierConfig defaults() {
    return of(List.of("plus", "free", "new"), List.of("new", "free", "plus"), List.of());
  }

  /** The same with other terms for one tier. */
  public TierConfig withTerms(String name, TierTerms its) {
    Map<String, TierTerms> changed = new LinkedHashMap<>(terms);
    changed.put(name, its);
    return new TierConfig(names, shedOrder, classOrder, changed, newSubscribers);
  }

  /** Whether both have the same tiers and classes in the same order, whatever their terms. */
  public boolean hasOrderOf(TierConfig other) {
    return names.equals(other.names)
        && shedOrder.equals(other.shedOrder)
        && classOrder.equals(other.classOrder);
  }

  /** The same for the engine. */
  public TierTable table() {
    return table(names, shedOrder, classOrder);
  }

  static TierTerms defaultTerms(String name, List<String> shedOrder) {
    int place = shedOrder.indexOf(name);
    return TierTerms.defaults(place == shedOrder.size() - 1, place == 0);
  }

  private static TierTable table(
      List<String> names, List<String> shedOrder, List<String> classOrder) {
    return classOrder.isEmpty()
        ? TierTable.of(names, shedOrder)
        : TierTable.of(names, shedOrder, classOrder);
  }
}
