package io.tidegate.loadtest.run;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import io.tidegate.loadtest.client.Nanos;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Finds out when the generator itself stood still: one thread asks to be woken every millisecond
 * and notes how late it was, whatever the cause; pauses of the garbage collector are told by the
 * JVM. The method is that of jHiccup (G. Tene).
 *
 * <p>Thread-safety: safe for any thread.
 */
final class Stalls implements AutoCloseable {

  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** Being woken a little late is how timers are, and no starvation. */
  private static final long USUAL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final List<GarbageCollectorMXBean> collectors =
      ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class);

  private final long gcMillisBefore = gcMillis();
  private final AtomicLong starvedNanos = new AtomicLong();
  private final AtomicLong gcLongestNanos = new AtomicLong();
  private final AtomicLong longestSinceAsked = new AtomicLong();
  private final long[] lastCollection;
  private final Thread thread = new Thread(this::watch, "stall-watch");
  private volatile boolean closed;

  /**
   * What was found.
   *
   * @param starvedNanos how long the watch waited in all beyond what is usual
   * @param gcNanos all collections
   * @param gcLongestNanos the longest of them
   */
  record Total(long starvedNanos, long gcNanos, long gcLongestNanos) {}

  private Stalls() {
    lastCollection =
        collectors.stream().mapToLong(GarbageCollectorMXBean::getCollectionCount).toArray();
    thread.setDaemon(true);
  }

  static Stalls start() {
    Stalls stalls = new Stalls();
    stalls.thread.start();
    return stalls;
  }

  /** What was found so far. */
  Total total() {
    return new Total(
        starvedNanos.get(),
        TimeUnit.MILLISECONDS.toNanos(gcMillis() - gcMillisBefore),
        gcLongestNanos.get());
  }

  /** The longest stall since this was asked last. */
  long longestSinceAsked() {
    return longestSinceAsked.getAndSet(0);
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  private void watch() {
    long last = Nanos.now();
    while (!closed) {
      LockSupport.parkNanos(this, PERIOD_NANOS);
      long now = Nanos.now();
      long late = now - last - PERIOD_NANOS;
      last = now;
      if (late > USUAL_NANOS) {
        starvedNanos.addAndGet(late);
        longestSinceAsked.accumulateAndGet(late, Math::max);
        lookAtCollections();
      }
    }
  }

  /** No pause that matters goes by without the watch being late. */
  private void lookAtCollections() {
    for (int i = 0; i < lastCollection.length; i++) {
      long count = collectors.get(i).getCollectionCount();
      GcInfo info = count == lastCollection[i] ? null : collectors.get(i).getLastGcInfo();
      lastCollection[i] = count;
      if (info != null) {
        long nanos = TimeUnit.MILLISECONDS.toNanos(info.getDuration());
        gcLongestNanos.accumulateAndGet(nanos, Math::max);
      }
    }
  }

  private long gcMillis() {
    return collectors.stream()
        .mapToLong(collector -> Math.max(0, collector.getCollectionTime()))
        .sum();
  }
}
