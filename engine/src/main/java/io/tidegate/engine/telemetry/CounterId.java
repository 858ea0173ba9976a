package io.tidegate.engine.telemetry;

/**
 * Every counter the engine keeps: the number and the name under which another process finds it in
 * the counters file, and what one of it stands for.
 *
 * <p>A counter that differs by tier, reason or outcome is kept once for each combination, and its
 * full label says which, such as {@code tidegate_refused_total{tier="new",reason="no-room"}}.
 */
public enum CounterId {
  /** Requests that asked to be let in. */
  OFFERED(1, "tidegate_offered_total", Split.TIER),
  /** Requests that were let in. */
  ADMITTED(2, "tidegate_admitted_total", Split.TIER),
  /** Requests that were not let in. */
  REFUSED(3, "tidegate_refused_total", Split.TIER_AND_REASON),
  /** Admitted requests that have ended. */
  COMPLETED(4, "tidegate_completed_total", Split.TIER_AND_OUTCOME),
  /** Seats held now. */
  INFLIGHT_SEATS(5, "tidegate_inflight_seats", Split.TIER),
  /** The ceiling of inflight seats; 0 if nothing is enforced. */
  LIMIT_SEATS(6, "tidegate_limit_seats", Split.NONE),
  /** The seats of the limit that only the best tier may take. */
  RESERVE_SEATS(7, "tidegate_reserve_seats", Split.NONE);

  /** What a counter is kept apart by. */
  enum Split {
    NONE,
    TIER,
    TIER_AND_REASON,
    TIER_AND_OUTCOME
  }

  private final int id;
  private final String label;
  private final Split split;

  CounterId(int id, String label, Split split) {
    this.id = id;
    this.label = label;
    this.split = split;
  }

  /** The type id in the file's label records; it never changes its meaning. */
  public int id() {
    return id;
  }

  /** The name, as on the metrics page. */
  public String label() {
    return label;
  }

  Split split() {
    return split;
  }
}
