package io.tidegate.http.config.admission;

import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import io.tidegate.http.config.yaml.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Reads the tiers, and the orders and rules that must agree with them. */
public final class TierReader {

  private TierReader() {}

  /** Reads all of them; what is wrong is reported and replaced by its default. */
  public static TierConfig read(Section root) {
    Map<String, UnaryOperator<TierTerms>> given = root.sections("tiers", TierTermsReader::read);
    List<String> names = names(root, given.keySet());
    List<String> shedOrder = order(root, "shed_order", "tier", names).orElse(reversed(names));
    List<String> classes =
        TierTable.of(names, shedOrder).classes().stream().map(ServiceClass::label).toList();
    List<String> classOrder = order(root, "class_order", "class", classes).orElse(List.of());
    Map<String, TierTerms> terms = new HashMap<>();
    for (String name : names) {
      TierTerms place = TierConfig.defaultTerms(name, shedOrder);
      terms.put(name, given.getOrDefault(name, UnaryOperator.identity()).apply(place));
    }
    return new TierConfig(
        names,
        shedOrder,
        classOrder,
        terms,
        root.section("new_subscribers", section -> newSubscribers(section, names, shedOrder)));
  }

  private static Optional<NewSubscriberConfig> newSubscribers(
      Section section, List<String> names, List<String> shedOrder) {
    Optional<String> tier = section.text("tier");
    Duration window =
        section
            .duration("for", NewSubscriberConfig.SHORTEST, Allowed.LONGEST_NEWNESS)
            .orElse(NewSubscriberConfig.DEFAULT_WINDOW);
    Duration longer = window.multipliedBy(2);
    Duration fallback =
        longer.compareTo(Allowed.LONGEST_NEWNESS) > 0 ? Allowed.LONGEST_NEWNESS : longer;
    Duration atMost = section.duration("at_most", window, Allowed.LONGEST_NEWNESS).orElse(fallback);
    if (tier.isEmpty()) {
      return NewSubscriberConfig.defaultAmong(shedOrder)
          .map(known -> new NewSubscriberConfig(known.tier(), window, atMost));
    }
    if (!names.contains(tier.get())) {
      section.report("tier", unknown(tier.get(), names));
      return Optional.empty();
    }
    if (shedOrder.indexOf(tier.get()) == shedOrder.size() - 1) {
      section.report("tier", "`" + tier.get() + "` is the best tier, nobody would be held back");
      return Optional.empty();
    }
    return Optional.of(new NewSubscriberConfig(tier.get(), window, atMost));
  }

  /** What is wrong with a name that is none of the tiers. */
  public static String unknown(String tier, List<String> names) {
    return unknown(tier, "tier", names);
  }

  private static List<String> names(Section root, Set<String> given) {
    List<String> names = new ArrayList<>();
    for (String name : given) {
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
