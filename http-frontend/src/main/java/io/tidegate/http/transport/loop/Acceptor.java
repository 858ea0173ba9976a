package io.tidegate.http.transport.loop;

import io.tidegate.http.transport.ClientConnection;
import io.tidegate.http.transport.ClientLayers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Materializer;

/**
 * Accepts clients on one loop and gives each a door on the next one. Clients beyond the bounds are
 * closed at once.
 *
 * <p>Threading: for the thread of the loop it accepts on.
 */
final class Acceptor implements SocketLoop.Handler {

  /** A loop, and what binds a stream to it. */
  record Place(SocketLoop loop, Attributes attributes) {}

  /** In one turn; then others have theirs. */
  private static final int MAX_ACCEPTED = 64;

  private final ServerSocketChannel server;
  private final List<Place> places;
  private final ClientLayers layers;
  private final Materializer materializer;
  private final Consumer<Runnable> later;
  private int next;

  /**
   * An acceptor of one listening socket.
   *
   * @param places the loops that take clients in turn
   * @param later runs a task on the acceptor's loop a little later
   */
  Acceptor(
      ServerSocketChannel server,
      List<Place> places,
      ClientLayers layers,
      Materializer materializer,
      Consumer<Runnable> later) {
    this.server = server;
    this.places = places;
    this.layers = layers;
    this.materializer = materializer;
    this.later = later;
  }

  @Override
  public void ready(SelectionKey key) {
    try {
      for (int i = 0; i < MAX_ACCEPTED; i++) {
        SocketChannel accepted = server.accept();
        if (accepted == null) {
          return;
        }
        admit(accepted);
      }
    } catch (IOException outOfDescriptors) {
      key.interestOps(0); // else the loop would do nothing but try
      later.accept(() -> resume(key));
    }
  }

  private static void resume(SelectionKey key) {
    if (key.isValid()) {
      key.interestOps(SelectionKey.OP_ACCEPT);
    }
  }

  private void admit(SocketChannel accepted) {
    try {
      accepted.configureBlocking(false);
      accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
      accepted.setOption(StandardSocketOptions.SO_SNDBUF, ClientLayers.SEND_BUFFER_BYTES);
      InetSocketAddress remote = (InetSocketAddress) accepted.getRemoteAddress();
      Optional<ClientConnection> client = layers.clients().admit(remote);
      if (client.isEmpty()) {
        accepted.close();
        return;
      }
      Place place = places.get(next);
      next = (next + 1) % places.size();
      Door door =
          new Door(place.loop(), accepted, client.get(), layers, place.attributes(), materializer);
      place.loop().execute(door::open);
    } catch (IOException gone) {
      SocketLoop.closeQuietly(accepted);
    }
  }
}
