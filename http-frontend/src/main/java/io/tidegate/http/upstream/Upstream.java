package io.tidegate.http.upstream;

import io.tidegate.http.config.upstream.UpstreamConfig;
import io.tidegate.http.upstream.health.Standing;
import io.tidegate.http.upstream.selection.Member;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One chat service behind the gate, and the connections to it.
 *
 * <p>Idle connections are kept on a stack, so that few stay warm and the rest fall idle at the
 * upstream and are closed by it.
 *
 * <p>Threading: safe for all.
 */
public final class Upstream {

  /** Idle connections beyond these are closed. */
  static final int MAX_IDLE_CONNECTIONS = 256;

  private static final Logger LOG = LoggerFactory.getLogger(Upstream.class);

  private final Member member;
  private final UpstreamConnector connector;
  private final Deque<UpstreamConnection> idle = new ConcurrentLinkedDeque<>();
  private final AtomicInteger idleCount = new AtomicInteger();

  Upstream(Member member, UpstreamConnector connector) {
    this.member = member;
    this.connector = connector;
  }

  /** How it takes part in the choice. */
  public Member member() {
    return member;
  }

  public UpstreamConfig config() {
    return member.config();
  }

  /** Requests that are with this upstream, or on their way there. */
  public int inflight() {
    return member.inflight();
  }

  /** Whether it could be reached last, and was well by its own word. */
  public boolean healthy() {
    return member.standing().healthy();
  }

  /**
   * A connection for one request: an idle one if there is, else a new one.
   *
   * @return fails with {@link UpstreamFailure} if the upstream cannot be reached in time
   */
  public CompletionStage<UpstreamConnection> acquire() {
    for (UpstreamConnection kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
      idleCount.decrementAndGet();
      if (kept.take()) {
        return CompletableFuture.completedFuture(kept);
      }
    }
    return acquireFresh();
  }

  /** A new connection for one request, whatever idle ones there are. */
  public CompletionStage<UpstreamConnection> acquireFresh() {
    return connector
        .connect(this)
        .whenComplete(
            (connection, failure) -> {
              if (failure == null) {
                wasReached();
              } else {
                wasNotReached(failure);
              }
            });
  }

  /** Connects, outside of any request's account. */
  CompletionStage<UpstreamConnection> connectForALook() {
    return connector.connect(this);
  }

  void wasReached() {
    note(() -> member.standing().reached());
  }

  void wasNotReached(Throwable failure) {
    note(() -> member.standing().unreachable(inWords(failure)));
  }

  void isUnwell(String reason) {
    note(() -> member.standing().unwell(reason));
  }

  void released(UpstreamConnection connection) {
    if (idleCount.incrementAndGet() > MAX_IDLE_CONNECTIONS) {
      idleCount.decrementAndGet();
      connection.abort();
    } else {
      idle.addFirst(connection);
    }
  }

  /** Tells the operator of a change, and drops connections that are likely to lead nowhere. */
  private void note(Runnable observation) {
    Standing standing = member.standing();
    boolean before = standing.healthy();
    observation.run();
    boolean after = standing.healthy();
    if (before && !after) {
      LOG.warn("upstream {} is down: {}", config().name(), standing.trouble());
      dropIdle();
    } else if (!before && after) {
      LOG.info("upstream {} is back", config().name());
    }
  }

  private void dropIdle() {
    for (UpstreamConnection kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
      idleCount.decrementAndGet();
      kept.abort();
    }
  }

  /** What lies at the bottom of a failure: what is above it only says that something failed. */
  private static String inWords(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
