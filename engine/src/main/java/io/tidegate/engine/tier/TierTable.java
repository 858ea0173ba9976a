package io.tidegate.engine.tier;

import io.tidegate.engine.tier.ServiceClass.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All tiers of an installation and the order in which their classes are served.
 *
 * <p>The shed order says who is sent away first. Unless the class order is given, it follows from
 * it: both classes of the best tier, then what the other tiers continue, then what they open, each
 * from the best tier to the worst. So a stranger's wish to begin something is the first to be
 * refused, an open session outlives it, and the best tier stands behind nobody.
 *
 * <p>Immutable, and safe to share between threads.
 */
public final class TierTable {
  /** The most tiers a table holds. */
  public static final int MAX_TIERS = 16;

  /** The most classes a table holds: two for each tier. */
  public static final int MAX_CLASSES = MAX_TIERS * Kind.values().length;

  private final List<Tier> tiers;
  private final Map<String, Tier> byName;
  private final Tier best;
  private final List<ServiceClass> classes;
  private final ServiceClass[] openingByTier;
  private final ServiceClass[] continuingByTier;

  private TierTable(Map<String, Tier> byName, Tier best, List<String> classOrder) {
    this.byName = byName;
    this.tiers = List.copyOf(byName.values());
    this.best = best;
    Map<String, Integer> ranks = new LinkedHashMap<>();
    classOrder.forEach(label -> ranks.put(label, ranks.size()));
    ServiceClass[] ranked = new ServiceClass[classOrder.size()];
    this.openingByTier = new ServiceClass[tiers.size()];
    this.continuingByTier = new ServiceClass[tiers.size()];
    for (Tier tier : tiers) {
      for (Kind kind : Kind.values()) {
        int rank = ranks.get(ServiceClass.labelOf(tier, kind));
        ranked[rank] = new ServiceClass(rank, tier, kind);
        byTier(kind)[tier.index()] = ranked[rank];
      }
    }
    this.classes = List.of(ranked);
  }

  /** The tiers of an installation that configures none: {@code plus}, {@code free}, {@code new}. */
  public static TierTable defaults() {
    return of(List.of("plus", "free", "new"), List.of("new", "free", "plus"));
  }

  /**
   * A table whose class order follows from its shed order.
   *
   * @param names the tiers, in the order in which they are counted and shown
   * @param shedOrder the same names, first to be shed first
   * @throws IllegalArgumentException with a sentence for whoever wrote the configuration
   */
  public static TierTable of(List<String> names, List<String> shedOrder) {
    Map<String, Tier> byName = named(names);
    requireSame("shed order", "tier", shedOrder, byName.keySet());
    return new TierTable(byName, bestOf(byName, shedOrder), derivedOrder(byName, shedOrder));
  }

  /**
   * A table with a class order of its own.
   *
   * @param names the tiers, in the order in which they are counted and shown
   * @param shedOrder the same names, first to be shed first; the last one is the best tier
   * @param classOrder the label of every class, best first
   * @throws IllegalArgumentException with a sentence for whoever wrote the configuration
   */
  public static TierTable of(List<String> names, List<String> shedOrder, List<String> classOrder) {
    Map<String, Tier> byName = named(names);
    requireSame("shed order", "tier", shedOrder, byName.keySet());
    requireSame("class order", "class", classOrder, derivedOrder(byName, shedOrder));
    return new TierTable(byName, bestOf(byName, shedOrder), List.copyOf(classOrder));
  }

  /** All tiers, in the order of the table; a tier's index is its place here. */
  public List<Tier> tiers() {
    return tiers;
  }

  /** The tier that is shed last. */
  public Tier best() {
    return best;
  }

  /** The tier of that name, if there is one. */
  public Optional<Tier> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** All classes, best first; a class's rank is its place here. */
  public List<ServiceClass> classes() {
    return classes;
  }

  /**
   * The class of a request; allocates nothing.
   *
   * @throws IllegalArgumentException if the tier is not of this table
   */
  public ServiceClass classOf(Tier tier, Kind kind) {
    ServiceClass[] known = byTier(kind);
    if (tier.index() < known.length && known[tier.index()].tier().equals(tier)) {
      return known[tier.index()];
    }
    throw new IllegalArgumentException("tier %s is not of this table".formatted(tier.name()));
  }

  private ServiceClass[] byTier(Kind kind) {
    return kind == Kind.OPENING ? openingByTier : continuingByTier;
  }

  private static Map<String, Tier> named(List<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("at least one tier is needed");
    }
    if (names.size() > MAX_TIERS) {
      throw new IllegalArgumentException(
          "there can be at most %d tiers, and %d are given".formatted(MAX_TIERS, names.size()));
    }
    Map<String, Tier> byName = new LinkedHashMap<>();
    for (String name : names) {
      if (byName.put(name, new Tier(name, byName.size())) != null) {
        throw new IllegalArgumentException("tier \"%s\" is given twice".formatted(name));
      }
    }
    return Collections.unmodifiableMap(byName);
  }

  private static Tier bestOf(Map<String, Tier> byName, List<String> shedOrder) {
    return byName.get(shedOrder.get(shedOrder.size() - 1));
  }

  private static List<String> derivedOrder(Map<String, Tier> byName, List<String> shedOrder) {
    List<Tier> bestFirst = new ArrayList<>();
    shedOrder.forEach(name -> bestFirst.add(0, byName.get(name)));
    List<String> order = new ArrayList<>();
    order.add(ServiceClass.labelOf(bestFirst.get(0), Kind.CONTINUING));
    order.add(ServiceClass.labelOf(bestFirst.get(0), Kind.OPENING));
    List<Tier> others = bestFirst.subList(1, bestFirst.size());
    others.forEach(tier -> order.add(ServiceClass.labelOf(tier, Kind.CONTINUING)));
    others.forEach(tier -> order.add(ServiceClass.labelOf(tier, Kind.OPENING)));
    return order;
  }

  /** Refuses a list that is not exactly the wanted names, each once. */
  private static void requireSame(
      String list, String what, List<String> given, Collection<String> wanted) {
    Set<String> seen = new HashSet<>();
    for (String name : given) {
      if (!wanted.contains(name)) {
        throw new IllegalArgumentException(
            "the %s names the %s \"%s\", which does not exist; there are %s"
                .formatted(list, what, name, String.join(", ", wanted)));
      }
      if (!seen.add(name)) {
        throw new IllegalArgumentException(
            "the %s names the %s \"%s\" twice".formatted(list, what, name));
      }
    }
    for (String name : wanted) {
      if (!seen.contains(name)) {
        throw new IllegalArgumentException(
            "the %s leaves out the %s \"%s\"".formatted(list, what, name));
      }
    }
  }
}
