package io.tidegate.http.config;

import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import io.tidegate.http.config.yaml.Section;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads tiers, shed order and class order, three keys that must agree with each other. */
final class TierReader {

  private TierReader() {}

  static TierConfig read(Section root) {
    List<String> names = names(root);
    List<String> shedOrder = order(root, "shed_order", "tier", names).orElse(reversed(names));
    List<String> classes =
        TierTable.of(names, shedOrder).classes().stream().map(ServiceClass::label).toList();
    List<String> classOrder = order(root, "class_order", "class", classes).orElse(List.of());
    return new TierConfig(names, shedOrder, classOrder);
  }

  /** What is wrong with a name that is none of the tiers. */
  static String unknown(String tier, List<String> names) {
    return unknown(tier, "tier", names);
  }

  private static List<String> names(Section root) {
    List<String> names = new ArrayList<>();
    // No quotas yet, so nothing is known inside a tier.
    for (String name : root.sections("tiers", section -> true).keySet()) {
      try {
        names.add(new Tier(name, 0).name());
      } catch (IllegalArgumentException e) {
        root.report("tiers", e.getMessage());
      }
    }
    if (names.size() > TierTable.MAX_TIERS) {
      root.report("tiers", names.size() + " are too many, allowed 1 to " + TierTable.MAX_TIERS);
      return TierConfig.defaults().names();
    }
    return names.isEmpty() ? TierConfig.defaults().names() : names;
  }

  /** An order that names each of them once; empty if it is absent or wrong. */
  private static Optional<List<String>> order(
      Section root, String key, String what, List<String> all) {
    Optional<List<String>> order = root.words(key).filter(words -> !words.isEmpty());
    if (order.isEmpty()) {
      return Optional.empty();
    }
    boolean good = true;
    Set<String> missing = new HashSet<>(all);
    for (String name : order.get()) {
      if (!all.contains(name)) {
        root.report(key, unknown(name, what, all));
        good = false;
      } else if (!missing.remove(name)) {
        root.report(key, "`" + name + "` appears twice");
        good = false;
      }
    }
    for (String name : all) {
      if (missing.contains(name)) {
        root.report(key, "`" + name + "` is missing");
        good = false;
      }
    }
    return good ? order : Optional.empty();
  }

  private static String unknown(String name, String what, List<String> all) {
    return all.stream()
        .map(known -> "`" + known + "`")
        .collect(Collectors.joining(", ", "`" + name + "` is not a " + what + ", allowed ", ""));
  }

  private static List<String> reversed(List<String> names) {
    List<String> result = new ArrayList<>(names);
    Collections.reverse(result);
    return result;
  }
}
