package io.tidegate.http.transport;

/** What a client's connection is waiting for. */
public enum Phase {
  /** For the first byte of the next request on a connection that is kept alive. */
  IDLE(true),
  /** For the end of a request's head. A new connection starts here, before its first byte. */
  HEAD(true),
  /** For the client to close its side, after the gate's last byte has been written. */
  LINGER(true),
  /** For the end of a request's body. */
  BODY(false),
  /** For the first byte of the upstream's answer. */
  ANSWER(false),
  /** For the next bytes of an answer that has begun. */
  STREAM(false),
  /** For the gate itself. Nobody else can be late. */
  GATE(false);

  private final boolean betweenRequests;

  Phase(boolean betweenRequests) {
    this.betweenRequests = betweenRequests;
  }

  /** Whether no request is in progress, so that the connection may simply be closed. */
  public boolean isBetweenRequests() {
    return betweenRequests;
  }
}
