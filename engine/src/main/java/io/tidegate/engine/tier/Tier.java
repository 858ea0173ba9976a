package io.tidegate.engine.tier;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A named group of subscribers who are treated alike.
 *
 * @param name at most 32 characters: a lower-case letter, then lower-case letters, digits, {@code
 *     _} and {@code -}
 * @param index the tier's place in its {@link TierTable}, from 0; counters are addressed by it
 */
public record Tier(String name, int index) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,31}");

  public Tier {
    Objects.requireNonNull(name, "name");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "\"%s\" cannot be a tier's name: it must be 1 to 32 characters, begin with a lower-case letter and go on with lower-case letters, digits, _ or -"
              .formatted(name));
    }
    if (index < 0 || index >= TierTable.MAX_TIERS) {
      throw new IllegalArgumentException(
          "a tier's index must lie between 0 and %d, not %d"
              .formatted(TierTable.MAX_TIERS - 1, index));
    }
  }
}
