package io.tidegate.engine.queue;

import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.tier.ServiceClass;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The requests that wait in one class: whoever was served least goes first, then whoever came
 * first. For the queue's owner alone.
 *
 * <p>The subscribers stand in a heap by what they had been served when they were put there. That
 * figure only rises, so the order is right as soon as the one on top is where they belong: if not,
 * they are put back, and the next one is looked at.
 */
final class ClassQueue {
  private static final Comparator<Line> LEAST_SERVED_FIRST =
      Comparator.comparingLong(Line::useAtOrdering).thenComparingLong(Line::sequenceAtOrdering);

  private final ServiceClass serviceClass;
  private final Patience patience;
  private final ArrayDeque<QueuedRequest> byArrival = new ArrayDeque<>();
  private final Map<String, Line> lines = new HashMap<>();
  private final PriorityQueue<Line> heap = new PriorityQueue<>(LEAST_SERVED_FIRST);

  ClassQueue(ServiceClass serviceClass, Patience patience) {
    this.serviceClass = serviceClass;
    this.patience = patience;
  }

  ServiceClass serviceClass() {
    return serviceClass;
  }

  void add(QueuedRequest request) {
    byArrival.addLast(request);
    String subscriber = request.candidate().subscriber();
    Line line = lines.get(subscriber);
    if (line == null) {
      line = new Line(subscriber);
      lines.put(subscriber, line);
      line.add(request);
      line.order();
      heap.add(line);
    } else {
      line.add(request);
    }
  }

  /** Who goes next; empty if nobody waits. */
  Optional<QueuedRequest> head() {
    while (!heap.isEmpty()) {
      Line top = heap.peek();
      if (top.isAlive() && !top.isOutOfOrder()) {
        return Optional.of(top.first());
      }
      heap.remove();
      if (top.isAlive()) {
        top.order();
        heap.add(top);
      } else {
        lines.remove(top.subscriber());
      }
    }
    return Optional.empty();
  }

  /** Turns away those who have waited too long; returns how many places came free. */
  int expire(long nowNanos) {
    long mostNanos = patience.nanos(nowNanos, head().isPresent());
    int freed = 0;
    while (!byArrival.isEmpty()) {
      QueuedRequest oldest = byArrival.getFirst();
      if (oldest.waitedNanos(nowNanos) >= mostNanos) {
        oldest.refuse(RefusalReason.QUEUE_TIMEOUT, nowNanos);
      }
      if (oldest.isWaiting()) {
        break;
      }
      byArrival.removeFirst();
      freed++;
    }
    return freed;
  }

  /** Turns everybody away, because the engine closes. */
  void refuseAll(long nowNanos) {
    byArrival.forEach(each -> each.refuse(RefusalReason.DRAINING, nowNanos));
  }
}
