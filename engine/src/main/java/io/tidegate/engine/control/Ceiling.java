package io.tidegate.engine.control;

/** Where the loops' results go: the gate. */
@FunctionalInterface
public interface Ceiling {

  /**
   * Sets limit and reserve together.
   *
   * @param limitSeats the ceiling of inflight seats, at least 1; {@link Integer#MAX_VALUE}: none
   * @param reserveSeats the seats of it that only the best tier may take
   */
  void publish(int limitSeats, int reserveSeats);
}
