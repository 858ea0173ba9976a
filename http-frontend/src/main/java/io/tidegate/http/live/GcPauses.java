package io.tidegate.http.live;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.ListenerNotFoundException;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * The longest pause of the garbage collector since the last look, in milliseconds.
 *
 * <p>Thread-safety: safe for all.
 */
final class GcPauses implements AutoCloseable {
  private final AtomicLong longestMillis = new AtomicLong();
  private final List<NotificationEmitter> heard = new ArrayList<>();
  private final NotificationListener listener =
      (notification, nothing) -> note(notification.getUserData());

  GcPauses() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      boolean pauses =
          !collector.getName().contains("Concurrent") && !collector.getName().contains("Cycles");
      if (pauses && collector instanceof NotificationEmitter emitter) {
        emitter.addNotificationListener(listener, null, null);
        heard.add(emitter);
      }
    }
  }

  /** Returns the longest pause since the last call; 0 if there was none. */
  long takeLongestMillis() {
    return longestMillis.getAndSet(0);
  }

  private void note(Object data) {
    if (data instanceof CompositeData composite) {
      long millis = GarbageCollectionNotificationInfo.from(composite).getGcInfo().getDuration();
      longestMillis.accumulateAndGet(millis, Math::max);
    }
  }

  @Override
  public void close() {
    for (NotificationEmitter emitter : heard) {
      try {
        emitter.removeNotificationListener(listener);
      } catch (ListenerNotFoundException e) {
        throw new IllegalStateException("it was added in the constructor", e);
      }
    }
  }
}
