package io.tidegate.engine.admission;

/** Why a request was not let in. */
public enum RefusalReason {
  /** No seat is free for its class, or a better class was short of one a moment ago. */
  NO_ROOM("no-room"),
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
