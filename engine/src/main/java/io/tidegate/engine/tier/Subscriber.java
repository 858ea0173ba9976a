package io.tidegate.engine.tier;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * One who asks, as the front end has identified them.
 *
 * @param id whatever names the subscriber for good; it never becomes a metric's label
 * @param tier the tier the subscriber has paid for or was given
 * @param subscribedAtEpochMillis when the subscription began, where that is known; it decides who
 *     is new
 */
public record Subscriber(String id, Tier tier, OptionalLong subscribedAtEpochMillis) {
  public Subscriber {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(tier, "tier");
    Objects.requireNonNull(subscribedAtEpochMillis, "subscribedAtEpochMillis");
  }

  /** A subscriber of whom nobody knows since when. */
  public Subscriber(String id, Tier tier) {
    this(id, tier, OptionalLong.empty());
  }
}
