package io.tidegate.engine.quota.account;

/**
 * Which shard a subscriber belongs to: the account, and all sessions.
 *
 * <p>Pure functions.
 *
 * <p><b>Source:</b> multiplicative hashing (Knuth, The Art of Computer Programming, volume 3,
 * section 6.4). It takes the high bits; the maps inside the shards look at the low ones.
 */
public final class Shards {
  private static final int GOLDEN = 0x9E3779B9;

  private Shards() {}

  /**
   * A shard from 0.
   *
   * @param subscriber the subscriber's id
   * @param shards how many there are, a power of two, at least 1
   */
  public static int of(String subscriber, int shards) {
    int spread = subscriber.hashCode() * GOLDEN;
    // The upper half of a product: with a single shard a shift of the int would be by 32, or 0.
    return (int) ((Integer.toUnsignedLong(spread) * shards) >>> Integer.SIZE);
  }
}
