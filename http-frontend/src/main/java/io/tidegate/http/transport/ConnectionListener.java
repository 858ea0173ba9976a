package io.tidegate.http.transport;

/**
 * Whoever works for a client's connection and must hear what happens to it. The calls come from any
 * thread and return at once.
 */
public interface ConnectionListener {

  /** The client has closed its side or vanished. Comes at most once. */
  void clientGone();

  /** The deadline of a phase that belongs to a request in progress has passed. */
  void late(Phase phase);

  /** A drain has waited long enough: what runs is to be ended, and counted as cut. */
  void cut();
}
