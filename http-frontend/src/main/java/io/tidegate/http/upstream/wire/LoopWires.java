package io.tidegate.http.upstream.wire;

import io.tidegate.http.transport.loop.SocketLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.stream.Materializer;

/**
 * Opens wires to one upstream.
 *
 * <p>Threading: for the threads of loops.
 */
public final class LoopWires {

  private final String host;
  private final Materializer materializer;

  /**
   * Wires to a host.
   *
   * @param host what requests name as their host, its port with it
   */
  public LoopWires(String host, Materializer materializer) {
    this.host = host;
    this.materializer = materializer;
  }

  /**
   * Opens a wire on the loop that asks.
   *
   * @return fails with {@link IOException} if no connection comes about
   */
  public CompletableFuture<LoopWire> open(
      SocketLoop loop, InetSocketAddress address, Wire.User user, Duration timeout) {
    CompletableFuture<LoopWire> opened = new CompletableFuture<>();
    opened.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
    SocketChannel channel = null;
    try {
      channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      LoopWire wire = new LoopWire(loop, channel, host, materializer, user, opened);
      wire.connect(address);
      opened.whenComplete(
          (open, failure) -> {
            if (failure != null) {
              wire.abort();
            }
          });
    } catch (IOException | RuntimeException refused) {
      if (channel != null) {
        SocketLoop.closeQuietly(channel);
      }
      opened.completeExceptionally(refused);
    }
    return opened;
  }
}
