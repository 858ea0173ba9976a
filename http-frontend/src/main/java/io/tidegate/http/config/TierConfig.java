package io.tidegate.http.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tiers subscribers may have, and who goes first when not all can be served.
 *
 * @param names every tier, in the order of the file
 * @param shedOrder the same tiers, first the one that is shed first
 * @param classOrder classes such as {@code plus-opening}, best first; empty: derived from the shed
 *     order
 */
public record TierConfig(List<String> names, List<String> shedOrder, List<String> classOrder) {

  static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,31}");
  static final String NAMES = "a to z, 0 to 9 and _, beginning with a letter, at most 32";
  static final int MOST = 16;

  public TierConfig {
    names = List.copyOf(names);
    shedOrder = List.copyOf(shedOrder);
    classOrder = List.copyOf(classOrder);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("tiers: at least one is needed");
    }
    for (String name : names) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("tiers: `" + name + "`, allowed " + NAMES);
      }
    }
    if (names.size() > MOST) {
      throw new IllegalArgumentException("tiers: " + names.size() + ", allowed 1 to " + MOST);
    }
    Set<String> known = new HashSet<>(names);
    if (known.size() != names.size()) {
      throw new IllegalArgumentException("tiers: a name appears twice: " + names);
    }
    checkOrder("shed_order", shedOrder, names);
    if (!classOrder.isEmpty()) {
      checkOrder("class_order", classOrder, classesOf(names));
    }
  }

  /** Plus, free and new; new subscribers are shed first, plus last. */
  public static TierConfig defaults() {
    return new TierConfig(
        List.of("plus", "free", "new"), List.of("new", "free", "plus"), List.of());
  }

  /** The two classes of each tier, as a class order names them. */
  static List<String> classesOf(List<String> names) {
    return names.stream()
        .flatMap(name -> Stream.of(name + "-continuing", name + "-opening"))
        .toList();
  }

  private static void checkOrder(String field, List<String> order, List<String> all) {
    if (order.size() != all.size() || !new HashSet<>(order).equals(new HashSet<>(all))) {
      throw new IllegalArgumentException(
          field + ": " + order + " does not name each of " + all + " once");
    }
  }
}
