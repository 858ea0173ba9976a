package io.tidegate.http.upstream.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The addresses of one host. They are looked up when they are first asked for, and again in the
 * background when what is known is older than half a minute. If nobody can tell any more, what was
 * known last stays: a name server that is down takes no upstream away.
 *
 * <p>Threading: safe for all; only the first to ask wait, for the first lookup.
 */
public final class Addresses {

  static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** After a lookup that failed, the next one comes so much later. */
  static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final int MOST = 16;

  private record Known(List<InetAddress> addresses, long nextLookupNanos) {}

  private final String host;
  private final Names names;
  private final Executor blocking;
  private final Rotation rotation = new Rotation();
  private final AtomicReference<CompletableFuture<List<InetAddress>>> lookup =
      new AtomicReference<>();
  private volatile Known known;

  /**
   * Those of a host, none of them known yet.
   *
   * @param host a name, or an address in digits
   * @param blocking where lookups may wait
   */
  public Addresses(String host, Names names, Executor blocking) {
    this.host = host;
    this.names = names;
    this.blocking = blocking;
  }

  /** All of them in the order to try them; fails with {@link UnknownHostException}. */
  public CompletionStage<List<InetAddress>> inOrder(long nowNanos) {
    Known now = known;
    if (now == null) {
      return lookUp(nowNanos).thenApply(found -> rotation.order(found, nowNanos));
    }
    if (nowNanos - now.nextLookupNanos() >= 0) {
      lookUp(nowNanos);
    }
    return CompletableFuture.completedFuture(rotation.order(now.addresses(), nowNanos));
  }

  /** No connection came about to one of them. */
  public void failed(InetAddress address, long nowNanos) {
    rotation.failed(address, nowNanos);
  }

  /** A connection came about. */
  public void worked(InetAddress address) {
    rotation.worked(address);
  }

  /** One lookup at a time, whoever asks. */
  private CompletionStage<List<InetAddress>> lookUp(long nowNanos) {
    CompletableFuture<List<InetAddress>> mine = new CompletableFuture<>();
    CompletableFuture<List<InetAddress>> running = lookup.compareAndExchange(null, mine);
    if (running != null) {
      return running;
    }
    blocking.execute(() -> find(mine, nowNanos));
    return mine;
  }

  private void find(CompletableFuture<List<InetAddress>> result, long nowNanos) {
    try {
      List<InetAddress> found = names.of(host).stream().distinct().limit(MOST).toList();
      if (found.isEmpty()) {
        throw new UnknownHostException(host);
      }
      known = new Known(found, nowNanos + FRESH_NANOS);
      rotation.retain(found);
      lookup.set(null);
      result.complete(found);
    } catch (UnknownHostException | RuntimeException gone) {
      Known before = known;
      if (before != null) {
        known = new Known(before.addresses(), nowNanos + PAUSE_NANOS);
      }
      lookup.set(null);
      result.completeExceptionally(gone);
    }
  }
}
