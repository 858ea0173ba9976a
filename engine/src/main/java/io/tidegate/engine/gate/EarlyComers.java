package io.tidegate.engine.gate;

import io.tidegate.engine.tier.ServiceClass;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Remembers who was told to stay away and until when, so that whoever comes back at once gains
 * nothing over whoever keeps to it.
 *
 * <p>Each subscriber has one place in a table of fixed size, by a hash of their id; a later refusal
 * there replaces an earlier one, whoever's it was. A place is one word: part of the hash, the class
 * that was refused, and the time. Two subscribers of the same place are taken for one another in
 * one case of some hundred million.
 *
 * <p><b>Threading:</b> any thread.
 *
 * <p><b>Progress:</b> wait-free, allocates nothing.
 *
 * <p><b>Ordering:</b> opaque: a word is read whole, and it does no harm to read an old one.
 *
 * <p><b>Source:</b> a direct-mapped cache, as in Estan and Varghese's flow tables; the hash is the
 * finalizer of SplitMix64.
 */
final class EarlyComers {
  /** Who comes by so much too early is not refused for it: the step in which times are told. */
  static final long TOLERANCE_MILLIS = RetryAfter.QUARTER_MILLIS;

  private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int PLACE_BITS = 16;
  private static final int PLACE_SHIFT = Long.SIZE - PLACE_BITS;
  // A word, from its low end: the time in 32 bits, the class in 5, the tag in what is left.
  private static final long TIME_MASK = 0xFFFF_FFFFL;
  private static final int CLASS_SHIFT = 32;
  private static final int CLASS_MASK = 31;
  private static final int TAG_SHIFT = 37;
  private static final long TAG_MASK = (1L << (Long.SIZE - TAG_SHIFT)) - 1;

  private final AtomicLongArray places = new AtomicLongArray(1 << PLACE_BITS);

  /** Notes that a subscriber was told to come back after so many milliseconds. */
  void sendAway(String subscriber, ServiceClass refused, long nowNanos, long millis) {
    long hash = hash(subscriber);
    places.setOpaque(place(hash), word(hash, refused, millisOf(nowNanos) + millis));
  }

  /** What is left of the time, if it is more than the tolerance; else 0. */
  long earlyMillis(String subscriber, ServiceClass asking, long nowNanos) {
    long hash = hash(subscriber);
    long word = places.getOpaque(place(hash));
    boolean known = (word >>> TAG_SHIFT) == tag(hash);
    int refusedRank = (int) (word >>> CLASS_SHIFT) & CLASS_MASK;
    int left = (int) word - (int) millisOf(nowNanos); // wraps every 49 days, as it may
    return known
            && asking.rank() >= refusedRank
            && left > TOLERANCE_MILLIS
            && left <= RetryAfter.MAX_MILLIS
        ? left
        : 0;
  }

  private static long word(long hash, ServiceClass refused, long untilMillis) {
    return (tag(hash) << TAG_SHIFT)
        | ((long) refused.rank() << CLASS_SHIFT)
        | (untilMillis & TIME_MASK);
  }

  private static int place(long hash) {
    return (int) (hash >>> PLACE_SHIFT);
  }

  /** Bits of the hash that the place does not have; never 0, as an empty place is. */
  private static long tag(long hash) {
    return (hash & TAG_MASK) | 1;
  }

  private static long millisOf(long nanos) {
    return nanos / NANOS_PER_MILLI;
  }

  private static long hash(String subscriber) {
    return RetryAfter.scramble(subscriber.hashCode() * 0x9e3779b97f4a7c15L);
  }
}
