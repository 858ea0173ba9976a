package io.tidegate.engine.admission;

/** How an admitted request ended. */
public enum Outcome {
  /** Answered to the end. */
  SERVED("served"),
  /** The client left before the end. */
  CLIENT_GONE("client-gone"),
  /** The request turned out to be malformed or too large after it was admitted. */
  BAD_REQUEST("bad-request"),
  /** The upstream said that it had no room: its own 429 or 503. */
  UPSTREAM_BUSY("upstream-busy"),
  /** The upstream answered with another 5xx. */
  UPSTREAM_ERROR("upstream-error"),
  /** No connection to the upstream came about. */
  CONNECT_FAILED("connect-failed"),
  /** Connecting to the upstream took too long. */
  CONNECT_TIMEOUT("connect-timeout"),
  /** The upstream took too long to begin its answer. */
  FIRST_BYTE_TIMEOUT("first-byte-timeout"),
  /** The upstream fell silent in the middle of its answer. */
  IDLE_TIMEOUT("idle-timeout"),
  /** The answer took longer as a whole than any may. */
  TOTAL_TIMEOUT("total-timeout"),
  /** The upstream broke the connection before its answer was complete. */
  UPSTREAM_DIED("upstream-died"),
  /** Still running when the operator's deadline for draining came. */
  CUT("cut"),
  /** A fault of the gate itself. */
  FAILED("failed");

  private final String label;

  Outcome(String label) {
    this.label = label;
  }

  /** The outcome as metrics and counters show it. */
  public String label() {
    return label;
  }
}
