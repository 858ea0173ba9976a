package io.tidegate.engine.reserve;

/**
 * How large a reserve must be, so that nearly everybody of the best tier finds a seat at once.
 *
 * <p>Streams end one by one and none is cut, so seats of a full service come free at a steady rate.
 * The reserve is a buffer that the best tier's arrivals draw down and that rate fills up again. It
 * runs dry for longer than {@code W} with probability {@code (lambda/mu)^R e^(-(mu-lambda)W)}; the
 * rule takes the least R that brings this down to one in a thousand.
 *
 * <p><b>Source:</b> the waiting time of an M/M/1 queue, with the ends of all streams as its server.
 */
final class ReserveRule {
  private static final double LN_ONE_IN_MISSES = Math.log(1_000);
  // Nearer to all that comes free, no buffer is large enough.
  private static final double SATURATED = .98;
  private static final double MOST_OF_LIMIT = .3;
  // A small service cannot afford a buffer against every wait: three tenths of a second are
  // accepted, which a first token's objective of two seconds bears.
  private static final int SMALL_BELOW_SEATS = 100;
  private static final double SMALL_WAIT_SECONDS = .3;

  private ReserveRule() {}

  /** The most that may be kept of a limit. */
  static int most(int limitSeats) {
    return (int) Math.floor(MOST_OF_LIMIT * limitSeats);
  }

  /**
   * The seats to keep.
   *
   * @param lambda seats a second that the best tier asks for, 0 or more
   * @param mu seats a second that come free when all are taken, above 0
   */
  static int seats(double lambda, double mu, int limitSeats) {
    if (lambda == 0) {
      return 0;
    }
    int most = most(limitSeats);
    if (lambda >= SATURATED * mu) {
      return most;
    }
    double waitSeconds = limitSeats < SMALL_BELOW_SEATS ? SMALL_WAIT_SECONDS : 0;
    double needed = (LN_ONE_IN_MISSES - (mu - lambda) * waitSeconds) / Math.log(mu / lambda);
    return (int) Math.min(most, Math.max(0, Math.ceil(needed)));
  }
}
