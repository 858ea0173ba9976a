package io.tidegate.http.upstream;

import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Connections that wait for their next request, on a stack, so that few stay warm and the rest fall
 * idle at the upstream and are closed by it.
 *
 * <p>Threading: safe for all.
 */
final class IdleConnections {

  /** Those beyond are closed. */
  static final int MAX = 256;

  private final Deque<UpstreamConnection> kept = new ConcurrentLinkedDeque<>();
  private final AtomicInteger count = new AtomicInteger();

  /** One that has not closed meanwhile; empty if there is none. */
  Optional<UpstreamConnection> take() {
    for (UpstreamConnection one = kept.pollFirst(); one != null; one = kept.pollFirst()) {
      count.decrementAndGet();
      if (one.take()) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  /** Keeps one, or closes it if there are enough. */
  void keep(UpstreamConnection connection) {
    if (count.incrementAndGet() > MAX) {
      count.decrementAndGet();
      connection.abort();
    } else {
      kept.addFirst(connection);
    }
  }

  /** Closes those that wait now. */
  void close() {
    for (UpstreamConnection one = kept.pollFirst(); one != null; one = kept.pollFirst()) {
      count.decrementAndGet();
      one.abort();
    }
  }
}
