package io.tidegate.http.config.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * The known name somebody may have meant, by edit distance: letters that are missing, too many,
 * wrong, or swapped with their neighbour count one each (optimal string alignment, three rows).
 */
final class Spelling {

  private Spelling() {}

  /** The nearest known name, if no more than a third of the letters are wrong. */
  static Optional<String> nearest(String name, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
        .filter(best -> distance(name, best) <= Math.max(1, name.length() / 3));
  }

  private static int distance(String from, String to) {
    int[] twoAbove = new int[to.length() + 1];
    int[] above = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
        if (areSwapped(from, i, to, j)) {
          row[j] = Math.min(row[j], 1 + twoAbove[j - 2]);
        }
      }
      twoAbove = above;
      above = row;
    }
    return above[to.length()];
  }

  /** Whether the last two letters of two beginnings, so long, are the same in the other order. */
  private static boolean areSwapped(String from, int fromLength, String to, int toLength) {
    return fromLength > 1
        && toLength > 1
        && from.charAt(fromLength - 1) == to.charAt(toLength - 2)
        && from.charAt(fromLength - 2) == to.charAt(toLength - 1);
  }
}
