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

  /** Gives the seats back. Only the first call counts; every later one changes nothing. */
  void complete(Outcome outcome);
}
