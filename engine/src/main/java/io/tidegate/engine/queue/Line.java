package io.tidegate.engine.queue;

import java.util.ArrayDeque;

/** One subscriber's requests in one class, first come first served. For the queue's owner alone. */
final class Line {
  private final String subscriber;
  private final ArrayDeque<QueuedRequest> requests = new ArrayDeque<>();
  private long useAtOrdering;
  private long sequenceAtOrdering;

  Line(String subscriber) {
    this.subscriber = subscriber;
  }

  String subscriber() {
    return subscriber;
  }

  void add(QueuedRequest request) {
    requests.addLast(request);
  }

  /** Drops those that wait no longer from the front, and says whether anybody is left. */
  boolean isAlive() {
    while (!requests.isEmpty() && !requests.peekFirst().isWaiting()) {
      requests.removeFirst();
    }
    return !requests.isEmpty();
  }

  /** The next request of a line that is alive. */
  QueuedRequest first() {
    return requests.getFirst();
  }

  /** Fixes the place that the line has among others, until the next call. */
  void order() {
    useAtOrdering = first().candidate().useOrder();
    sequenceAtOrdering = first().sequence();
  }

  /**
   * Whether the subscriber has been served, or their first has gone, since the line was ordered.
   */
  boolean isOutOfOrder() {
    return first().candidate().useOrder() - useAtOrdering > 0
        || first().sequence() != sequenceAtOrdering;
  }

  /** Which of two subscribers had been served less; by their distance, for the figures may wrap. */
  int compareUse(Line other) {
    return Long.signum(useAtOrdering - other.useAtOrdering);
  }

  long sequenceAtOrdering() {
    return sequenceAtOrdering;
  }
}
