package io.tidegate.engine.queue;

import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.tier.ServiceClass;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The requests that wait in one class: whoever was served least goes first, then whoever came
 * first. For the queue's owner alone.
 *
 * <p>The subscribers stand in a heap by what they had been served when they were put there. That
 * figure only rises, so the order is right as soon as the one on top is where they belong: if not,
 * they are put back, and the next one is looked at.
 *
 * <p>Those who have been answered are forgotten when they come to the front. Now and then all of
 * them are: or one who waits long at the front would let the places behind fill up with those who
 * are gone.
 */
final class ClassQueue {
  private static final Comparator<Line> LEAST_SERVED_FIRST =
      ((Comparator<Line>) Line::compareUse).thenComparingLong(Line::sequenceAtOrdering);

  /** So few need no tidying up. */
  private static final int FEW = 64;

  private final ServiceClass serviceClass;
  private final Patience patience;
  private final ArrayDeque<QueuedRequest> byArrival = new ArrayDeque<>();
  private final Map<String, Line> lines = new HashMap<>();
  private final PriorityQueue<Line> heap = new PriorityQueue<>(LEAST_SERVED_FIRST);

  private final int most;
  private int tidyAt;

  /**
   * An empty queue.
   *
   * @param most how many it may hold, those included who were answered and not forgotten
   */
  ClassQueue(ServiceClass serviceClass, Patience patience, int most) {
    this.serviceClass = serviceClass;
    this.patience = patience;
    this.most = most;
    this.tidyAt = Math.min(most, FEW);
  }

  ServiceClass serviceClass() {
    return serviceClass;
  }

  void add(QueuedRequest request) {
    byArrival.addLast(request);
    lineUp(request);
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

  /** All that have not been forgotten, by arrival. */
  Collection<QueuedRequest> all() {
    return Collections.unmodifiableCollection(byArrival);
  }

  /**
   * Turns away those who have waited too long.
   *
   * @param places lowered by one for each that is forgotten
   */
  void expire(long nowNanos, AtomicInteger places) {
    long mostNanos = patience.nanos(nowNanos, head().isPresent());
    while (!byArrival.isEmpty()) {
      QueuedRequest oldest = byArrival.getFirst();
      if (oldest.waitedNanos(nowNanos) >= mostNanos) {
        oldest.refuse(RefusalReason.QUEUE_TIMEOUT, nowNanos);
      }
      if (oldest.isWaiting()) {
        break;
      }
      forgetAnswered(places);
    }
    if (byArrival.size() >= tidyAt) {
      tidy(places);
    }
  }

  /**
   * Forgets those who have been answered, up to the first who has not.
   *
   * @param places lowered by one for each that is forgotten
   */
  void forgetAnswered(AtomicInteger places) {
    while (!byArrival.isEmpty() && !byArrival.getFirst().isWaiting()) {
      byArrival.removeFirst();
      places.decrementAndGet();
    }
  }

  private void tidy(AtomicInteger places) {
    int before = byArrival.size();
    boolean untidy = byArrival.removeIf(each -> !each.isWaiting());
    tidyAt = Math.min(most, Math.max(FEW, 2 * byArrival.size()));
    if (untidy) {
      places.addAndGet(byArrival.size() - before);
      lines.clear();
      heap.clear();
      byArrival.forEach(this::lineUp);
    }
  }

  private void lineUp(QueuedRequest request) {
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
}
