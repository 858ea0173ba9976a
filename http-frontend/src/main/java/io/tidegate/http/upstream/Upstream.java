package io.tidegate.http.upstream;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.http.config.upstream.UpstreamConfig;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One chat service behind the gate: its connections, how many of them are in use, and whether it
 * could lately be reached.
 *
 * <p>Idle connections are kept on a stack, so that few stay warm and the rest fall idle at the
 * upstream and are closed by it.
 *
 * <p>Threading: safe for all.
 */
public final class Upstream {

  /** Idle connections beyond these are closed. */
  static final int MAX_IDLE_CONNECTIONS = 256;

  private final UpstreamConfig config;
  private final UpstreamConnector connector;
  private final Deque<UpstreamConnection> idle = new ConcurrentLinkedDeque<>();
  private final AtomicInteger idleCount = new AtomicInteger();
  private final AtomicInteger inflight = new AtomicInteger();
  private volatile boolean healthy = true;
  private volatile boolean retired;

  Upstream(UpstreamConfig config, UpstreamConnector connector) {
    this.config = config;
    this.connector = connector;
  }

  public UpstreamConfig config() {
    return config;
  }

  /** Requests that have a connection to this upstream, or wait for one. */
  public int inflight() {
    return inflight.get();
  }

  /** Whether the last attempt to connect succeeded. */
  public boolean healthy() {
    return healthy;
  }

  /**
   * A connection for one request: an idle one if there is, else a new one.
   *
   * @return fails with {@link UpstreamFailure} if the upstream cannot be reached in time
   */
  public CompletionStage<UpstreamConnection> acquire() {
    inflight.incrementAndGet();
    for (UpstreamConnection kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
      idleCount.decrementAndGet();
      if (kept.take()) {
        return CompletableFuture.completedFuture(kept);
      }
    }
    return connect();
  }

  /** A new connection for one request, whatever idle ones there are. */
  public CompletionStage<UpstreamConnection> acquireFresh() {
    inflight.incrementAndGet();
    return connect();
  }

  private CompletionStage<UpstreamConnection> connect() {
    return connector.connect(this).whenComplete((connection, failure) -> healthy = failure == null);
  }

  /** Finds out whether the upstream can be reached, and remembers. */
  void probe() {
    connector.probe(this).whenComplete((reached, failure) -> healthy = failure == null);
  }

  void released(UpstreamConnection connection) {
    inflight.decrementAndGet();
    if (retired) {
      connection.abort();
    } else if (idleCount.incrementAndGet() > MAX_IDLE_CONNECTIONS) {
      idleCount.decrementAndGet();
      connection.abort();
    } else {
      idle.addFirst(connection);
    }
  }

  /** Closes idle connections, now and from now on; requests that run are left alone. */
  void retire() {
    retired = true;
    for (UpstreamConnection kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
      kept.abort();
    }
  }

  /** A connection in use has ended. */
  void gone() {
    inflight.decrementAndGet();
  }

  /** The failure of an attempt to connect, told apart from a failure to be quick. */
  static UpstreamFailure connectFailure(Throwable reason, boolean late) {
    return new UpstreamFailure(late ? Outcome.CONNECT_TIMEOUT : Outcome.CONNECT_FAILED, reason);
  }
}
