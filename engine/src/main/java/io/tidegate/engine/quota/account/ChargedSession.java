package io.tidegate.engine.quota.account;

/** An open session as the account sees that it is charged to. Safe to ask from any thread. */
public interface ChargedSession {
  /** Whether it is over. */
  boolean isClosed();

  /**
   * When something of it was last in progress, in milliseconds on a scale that all sessions share;
   * {@link Long#MAX_VALUE} while something is.
   */
  long idleSinceMillis();
}
