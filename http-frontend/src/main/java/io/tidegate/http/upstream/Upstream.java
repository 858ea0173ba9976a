package io.tidegate.http.upstream;

import io.tidegate.http.config.upstream.UpstreamConfig;
import io.tidegate.http.transport.loop.SocketLoop;
import io.tidegate.http.upstream.health.Standing;
import io.tidegate.http.upstream.selection.Member;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One chat service behind the gate, and the connections to it.
 *
 * <p>A connection that lives on a loop is kept for the clients of that loop.
 *
 * <p>Threading: safe for all.
 */
public final class Upstream {

  private static final Logger LOG = LoggerFactory.getLogger(Upstream.class);

  private final Member member;
  private final UpstreamConnector connector;
  private final Map<Optional<SocketLoop>, IdleConnections> idle = new ConcurrentHashMap<>();
  private volatile boolean retired;

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
    return idleAt(connector.home())
        .take()
        .<CompletionStage<UpstreamConnection>>map(CompletableFuture::completedFuture)
        .orElseGet(this::acquireFresh);
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
    if (retired) {
      connection.abort();
    } else {
      idleAt(connection.home()).keep(connection);
    }
  }

  private IdleConnections idleAt(Optional<SocketLoop> home) {
    return idle.computeIfAbsent(home, any -> new IdleConnections());
  }

  /** Closes idle connections, now and from now on; requests that run are left alone. */
  void retire() {
    retired = true;
    dropIdle();
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
    idle.values().forEach(IdleConnections::close);
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
