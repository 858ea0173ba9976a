package io.tidegate.engine.quota.account;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * One subscriber's buckets: requests a minute, tokens a minute, and one for each feature.
 *
 * <p><b>Threading:</b> any thread.
 *
 * <p><b>Progress:</b> lock-free; allocates nothing.
 *
 * <p><b>Ordering:</b> volatile. A bucket is drawn from by compare-and-set from the value that was
 * judged, so no two callers take the same part of it.
 *
 * <p><b>Source:</b> {@link Rate}.
 */
public final class Buckets {
  public static final int REQUESTS = 0;
  public static final int TOKENS = 1;

  /** The bucket of the feature with index 0; the others follow. */
  public static final int FEATURES = 2;

  private static final VarHandle BUCKET = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] fullAtNanos;

  /** All full. */
  Buckets(int count, long nowNanos) {
    fullAtNanos = new long[count];
    Arrays.fill(fullAtNanos, nowNanos);
  }

  /** When that bucket is full again. */
  long fullAtNanos(int bucket) {
    return (long) BUCKET.getVolatile(fullAtNanos, bucket);
  }

  boolean allFull(long nowNanos) {
    for (int bucket = 0; bucket < fullAtNanos.length; bucket++) {
      if (fullAtNanos(bucket) - nowNanos > 0) {
        return false;
      }
    }
    return true;
  }

  /** Takes that much, or tells after how many nanoseconds it would fit; 0 if it was taken. */
  public long take(int bucket, Rate rate, long costNanos, long nowNanos) {
    while (true) {
      long fullAt = fullAtNanos(bucket);
      long waitNanos = rate.waitNanos(fullAt, costNanos, nowNanos);
      if (waitNanos > 0 || set(bucket, fullAt, Rate.after(fullAt, costNanos, nowNanos))) {
        return waitNanos;
      }
    }
  }

  /** Takes that much, whether it is there or not. */
  public void owe(int bucket, long costNanos, long nowNanos) {
    long fullAt = fullAtNanos(bucket);
    while (!set(bucket, fullAt, Rate.after(fullAt, costNanos, nowNanos))) {
      fullAt = fullAtNanos(bucket);
    }
  }

  /** Puts back what was taken. */
  public void putBack(int bucket, long costNanos) {
    BUCKET.getAndAdd(fullAtNanos, bucket, -costNanos);
  }

  private boolean set(int bucket, long fullAt, long after) {
    return BUCKET.compareAndSet(fullAtNanos, bucket, fullAt, after);
  }
}
