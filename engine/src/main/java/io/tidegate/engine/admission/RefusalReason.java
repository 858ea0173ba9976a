package io.tidegate.engine.admission;

/** Why a request was not let in. */
public enum RefusalReason {
  /** No seat is free for its class, or a better class was short of one a moment ago. */
  NO_ROOM("no-room"),
  /** The queue of its class is at its bound. */
  QUEUE_FULL("queue-full"),
  /** It waited in the queue as long as its class may. */
  QUEUE_TIMEOUT("queue-timeout"),
  /** Told to stay away for a while, it came back before. */
  CAME_EARLY("came-early"),
  /** The subscriber's requests or tokens per minute are used up. */
  OVER_RATE("over-rate"),
  /** The subscriber has as many requests in progress as their tier allows. */
  OVER_PARALLEL("over-parallel"),
  /** The subscriber has as many sessions open as their tier allows. */
  OVER_SESSIONS("over-sessions"),
  /** The tier has as many sessions open as it may. */
  TIER_FULL("tier-full"),
  /** The request uses a feature that is not for the subscriber's tier. */
  NOT_IN_PLAN("not-in-plan"),
  /** The feature holds its whole share of the limit. */
  FEATURE_FULL("feature-full"),
  /** The subscriber's quota of the feature is used up. */
  OVER_FEATURE("over-feature"),
  /** No upstream serves the model it asks for. */
  NO_MODEL("no-model"),
  /** No healthy upstream could take it. */
  NO_UPSTREAM("no-upstream"),
  /** The gate is being shut down and takes nobody in any more. */
  DRAINING("draining"),
  /** The request itself is malformed or too large. */
  BAD_REQUEST("bad-request");

  private final String label;

  RefusalReason(String label) {
    this.label = label;
  }

  /** The reason as headers, metrics and counters show it. */
  public String label() {
    return label;
  }
}
