package io.tidegate.http.upstream;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.http.config.upstream.UpstreamConfig;
import io.tidegate.http.transport.loop.SocketLoop;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One chat service behind the gate: its connections, how many of them are in use, and whether it
 * could lately be reached.
 *
 * <p>A connection that lives on a loop is kept for the clients of that loop.
 *
 * <p>Threading: safe for all.
 */
public final class Upstream {

  private final UpstreamConfig config;
  private final UpstreamConnector connector;
  private final Map<Optional<SocketLoop>, IdleConnections> idle = new ConcurrentHashMap<>();
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
    return idleAt(connector.home())
        .take()
        .<CompletionStage<UpstreamConnection>>map(CompletableFuture::completedFuture)
        .orElseGet(this::connect);
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
    idle.values().forEach(IdleConnections::close);
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
