package io.tidegate.engine.telemetry.counter;

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
  RESERVE_SEATS(7, "tidegate_reserve_seats", Split.NONE),
  /** Requests that left the queue by themselves. */
  LEFT_QUEUE(8, "tidegate_left_queue_total", Split.TIER),
  /** Requests that wait in the queue now. */
  QUEUE_LENGTH(9, "tidegate_queue_length", Split.TIER),
  /** Seats that requests asked for. */
  OFFERED_SEATS(10, "tidegate_offered_seats_total", Split.TIER),
  /** Seats given back. */
  RELEASED_SEATS(11, "tidegate_released_seats_total", Split.NONE),
  /** For how long the seats that were given back had been held, in milliseconds, added up. */
  HELD_SEAT_MILLIS(12, "tidegate_held_seat_milliseconds_total", Split.NONE),
  /** Tokens of prompts and answers. */
  TOKENS(13, "tidegate_tokens_total", Split.TIER_AND_TOKENS);

  /** What a counter is kept apart by. */
  enum Split {
    NONE,
    TIER,
    TIER_AND_REASON,
    TIER_AND_OUTCOME,
    TIER_AND_TOKENS
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
