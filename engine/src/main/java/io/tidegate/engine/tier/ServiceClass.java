package io.tidegate.engine.tier;

import java.util.Objects;

/**
 * What the gate sorts requests by: a tier, and whether the request begins something or goes on with
 * it.
 *
 * @param rank place among all classes of the table, from 0, the best
 * @param tier whose class it is
 * @param kind whether a session is opened or continued
 * @param label tier and kind in one word, such as {@code new-opening}; built once, because every
 *     answer carries it
 */
public record ServiceClass(int rank, Tier tier, Kind kind, String label) {

  /** Whether a request opens a session or belongs to one that is open. */
  public enum Kind {
    OPENING("opening"),
    CONTINUING("continuing");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** The kind as users write and read it. */
    public String label() {
      return label;
    }
  }

  public ServiceClass {
    Objects.requireNonNull(tier, "tier");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(label, "label");
    if (rank < 0 || rank >= TierTable.MAX_CLASSES) {
      throw new IllegalArgumentException(
          "a class's rank must lie between 0 and %d, not %d"
              .formatted(TierTable.MAX_CLASSES - 1, rank));
    }
  }

  /** A class under the label that follows from its tier and kind. */
  public ServiceClass(int rank, Tier tier, Kind kind) {
    this(rank, tier, kind, labelOf(tier, kind));
  }

  static String labelOf(Tier tier, Kind kind) {
    return tier.name() + "-" + kind.label();
  }
}
