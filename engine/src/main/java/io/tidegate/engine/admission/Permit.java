package io.tidegate.engine.admission;

/**
 * The right of one admitted request to its seats, until it is completed. All methods may be called
 * from any thread.
 */
public interface Permit {

  /**
   * Tells that the first token of the answer has arrived. Only the first call counts, and none
   * after completion.
   *
   * @param nowNanos the engine's monotonic clock, {@link System#nanoTime}
   */
  void firstToken(long nowNanos);

  /**
   * Counts tokens of the answer as they come, the first one included. None count after completion.
   *
   * @param count at least 1
   */
  void tokens(int count);

  /**
   * Tells what the upstream itself says the request used; it replaces the estimate and what was
   * counted. The last word before completion counts.
   *
   * @param promptTokens 0 or more
   * @param completionTokens 0 or more
   */
  void usage(long promptTokens, long completionTokens);

  /** Gives the seats back. Only the first call counts; every later one changes nothing. */
  void complete(Outcome outcome);
}
