package io.tidegate.http.transport;

import io.tidegate.http.config.listen.ListenConfig;
import io.tidegate.http.config.upstream.TimeoutConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The clients' connections that are open now: how many there may be, and whose deadline has passed.
 *
 * <p>Threading: safe for all.
 */
public final class OpenConnections {

  /**
   * What new connections are held to.
   *
   * @param maxPerAddress empty: any number
   */
  record Bounds(
      int maxConnections, OptionalInt maxPerAddress, int maxHeadBytes, ConnectionTimes times) {

    static Bounds of(ListenConfig listen, TimeoutConfig timeouts) {
      return new Bounds(
          listen.maxConnections(),
          listen.maxConnectionsPerAddress(),
          listen.maxHeaderBytes(),
          ConnectionTimes.of(timeouts));
    }
  }

  private volatile Bounds bounds;
  private final Set<ClientConnection> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger count = new AtomicInteger();

  /** How many each address has; nothing is kept of those that have none. */
  private final Map<InetAddress, Integer> countsByAddress = new ConcurrentHashMap<>();

  /** Answers that were cut on connections which are closed by now. */
  private final AtomicInteger cutAndClosed = new AtomicInteger();

  OpenConnections(Bounds bounds) {
    this.bounds = bounds;
  }

  /** Holds new connections to other bounds. Those that are open stay as they are. */
  void change(Bounds others) {
    bounds = others;
  }

  /** Takes a place for a new connection; empty if there is none left, or none for its address. */
  public Optional<ClientConnection> admit(InetSocketAddress remote) {
    Bounds now = bounds;
    if (count.incrementAndGet() > now.maxConnections()) {
      count.decrementAndGet();
      return Optional.empty();
    }
    int ofAddress = countsByAddress.merge(remote.getAddress(), 1, Integer::sum);
    if (now.maxPerAddress().isPresent() && ofAddress > now.maxPerAddress().getAsInt()) {
      leave(remote);
      return Optional.empty();
    }
    ClientConnection connection =
        new ClientConnection(remote, now.maxHeadBytes(), now.times(), System.nanoTime());
    open.add(connection);
    return Optional.of(connection);
  }

  /** Gives a connection's place back. A second call changes nothing. */
  public void remove(ClientConnection connection) {
    if (open.remove(connection)) {
      if (connection.isCutShort()) {
        cutAndClosed.incrementAndGet();
      }
      leave(connection.remote());
    }
  }

  private void leave(InetSocketAddress remote) {
    count.decrementAndGet();
    countsByAddress.computeIfPresent(
        remote.getAddress(), (address, connections) -> connections > 1 ? connections - 1 : null);
  }

  /** How many connections are open. */
  public int count() {
    return count.get();
  }

  /** How many clients have an answer to get that is not in their sockets as a whole. */
  public int owingAnswers() {
    return (int) open.stream().filter(ClientConnection::owesAnswer).count();
  }

  /** How many answers are not whole, or will not be if the gate ends now. */
  public int cutAnswers() {
    return cutAndClosed.get()
        + (int) open.stream().filter(one -> one.isCutShort() || one.owesAnswer()).count();
  }

  /** Looks at every deadline. Called ten times a second. */
  void sweep(long nowNanos) {
    for (ClientConnection connection : open) {
      connection.sweep(nowNanos);
    }
  }

  /** Closes the connections on which no request is in progress. */
  public void closeIdle() {
    for (ClientConnection connection : open) {
      if (connection.phase().isBetweenRequests()) {
        connection.cut();
      }
    }
  }

  /** Ends whatever runs on any connection, for a drain that has waited long enough. */
  public void cutAll() {
    open.forEach(ClientConnection::cut);
  }
}
