package io.tidegate.http.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How two configurations differ, setting by setting, as a person reads it. */
final class Differences {

  /** More lines than this tell nobody anything. */
  private static final int MOST = 50;

  /** Enough of a digest to tell two apart. */
  private static final int LONGEST_NAME = 24;

  /** What tells items of a list apart, so that one in front does not move the others. */
  private static final List<String> NAMES = List.of("name", "key_sha256", "url");

  private Differences() {}

  /** A line such as {@code limit.seats: 64 -> 32} for each setting; no secrets. */
  static List<String> between(GateConfig before, GateConfig after) {
    Map<String, Object> old = ConfigPrinter.tree(before);
    Map<String, Object> next = ConfigPrinter.tree(after);
    List<String> lines = new ArrayList<>();
    for (Object section : keys(old, next)) {
      lines.addAll(between(section.toString(), old.get(section), next.get(section)));
    }
    addSecret("admin", before.admin(), after.admin(), lines);
    addSecret("upstreams", before.upstreams(), after.upstreams(), lines);
    addSecret("identity", before.identity(), after.identity(), lines);
    addSecret("tracing", before.tracing(), after.tracing(), lines);
    addSecret("pekko", before.pekko(), after.pekko(), lines);
    if (lines.size() > MOST) {
      int more = lines.size() - MOST;
      lines.subList(MOST, lines.size()).clear();
      lines.add("and " + more + " more");
    }
    return lines;
  }

  /** What differs and looks the same is masked. */
  private static void addSecret(String section, Object before, Object after, List<String> lines) {
    if (!before.equals(after) && lines.stream().noneMatch(line -> line.startsWith(section))) {
      lines.add(section + ": a secret has changed");
    }
  }

  private static List<String> between(String path, Object before, Object after) {
    if (before instanceof Map<?, ?> || after instanceof Map<?, ?>) {
      return betweenMaps(path, asMap(before), asMap(after));
    }
    if (hasNames(before) || hasNames(after)) {
      return betweenItems(path, byName(before), byName(after));
    }
    String was = before == null ? "none" : before.toString();
    String is = after == null ? "none" : after.toString();
    return was.equals(is) ? List.of() : List.of(path + ": " + was + " -> " + is);
  }

  private static List<String> betweenMaps(String path, Map<?, ?> before, Map<?, ?> after) {
    List<String> lines = new ArrayList<>();
    for (Object key : keys(before, after)) {
      lines.addAll(between(path + "." + key, before.get(key), after.get(key)));
    }
    return lines;
  }

  private static List<String> betweenItems(
      String path, Map<String, Object> before, Map<String, Object> after) {
    List<String> lines = new ArrayList<>();
    for (Object name : keys(before, after)) {
      String item = path + "[" + name + "]";
      if (!before.containsKey(name)) {
        lines.add(item + ": added");
      } else if (!after.containsKey(name)) {
        lines.add(item + ": removed");
      } else {
        lines.addAll(between(item, before.get(name), after.get(name)));
      }
    }
    return lines;
  }

  private static Set<Object> keys(Map<?, ?> before, Map<?, ?> after) {
    Set<Object> keys = new LinkedHashSet<>(before.keySet());
    keys.addAll(after.keySet());
    return keys;
  }

  private static Map<?, ?> asMap(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static boolean hasNames(Object value) {
    return value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance);
  }

  private static Map<String, Object> byName(Object value) {
    Map<String, Object> items = new LinkedHashMap<>();
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        items.put(nameOf(list.get(i), i), list.get(i));
      }
    }
    return items;
  }

  private static String nameOf(Object item, int index) {
    if (item instanceof Map<?, ?> map) {
      for (String key : NAMES) {
        if (map.get(key) != null) {
          String name = map.get(key).toString();
          return name.substring(0, Math.min(name.length(), LONGEST_NAME));
        }
      }
    }
    return Integer.toString(index);
  }
}
