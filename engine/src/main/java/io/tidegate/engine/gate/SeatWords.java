package io.tidegate.engine.gate;

import io.tidegate.engine.tier.ServiceClass;

/**
 * How the gate's two words are written and read.
 *
 * <p>The word of seats has those taken in its low half, and in its high half one bit for each class
 * in which somebody waits. The ceiling has the limit in its high half and the reserve in its low
 * one.
 *
 * <p><b>Threading:</b> pure functions.
 *
 * <p><b>Progress:</b> wait-free, allocates nothing.
 *
 * <p><b>Ordering:</b> none needed.
 *
 * <p><b>Source:</b> none.
 */
final class SeatWords {
  private static final int HALF = Integer.SIZE;
  private static final long LOW_HALF = 0xFFFF_FFFFL;

  private SeatWords() {}

  /** The seats taken. */
  static int inflight(long word) {
    return (int) word;
  }

  static boolean anybodyWaits(long word) {
    return word >>> HALF != 0;
  }

  /** Whether somebody of the class or of a better one waits. */
  static boolean anybodyAhead(long word, ServiceClass of) {
    return (word >>> HALF & ((2L << of.rank()) - 1)) != 0;
  }

  /** Whether somebody of a better class waits. */
  static boolean anybodyBetter(long word, ServiceClass than) {
    return (word >>> HALF & ((1L << than.rank()) - 1)) != 0;
  }

  static long waitingBit(ServiceClass of) {
    return 1L << (HALF + of.rank());
  }

  /**
   * Both in one word.
   *
   * @throws IllegalArgumentException unless the limit is at least 1 and the reserve a part of it
   */
  static long ceiling(int limitSeats, int reserveSeats) {
    if (limitSeats < 1 || reserveSeats < 0 || reserveSeats > limitSeats) {
      throw new IllegalArgumentException(
          "limit %d, reserve %d".formatted(limitSeats, reserveSeats));
    }
    return (long) limitSeats << HALF | reserveSeats;
  }

  static int limit(long ceiling) {
    return (int) (ceiling >>> HALF);
  }

  static int reserve(long ceiling) {
    return (int) (ceiling & LOW_HALF);
  }
}
