package io.tidegate.engine.tier;

import java.util.Objects;

/**
 * One who asks, as the front end has identified them.
 *
 * @param id whatever names the subscriber for good; it never becomes a metric's label
 * @param tier the tier the subscriber belongs to at this moment
 */
public record Subscriber(String id, Tier tier) {
  public Subscriber {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(tier, "tier");
  }
}
