package io.tidegate.http.transport.loop;

import io.tidegate.http.transport.ClientConnection;
import io.tidegate.http.transport.ClientLayers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.util.ByteString;

/**
 * A client that is connected and has not said a byte. Nothing is made for it but this; its layers
 * are built when the first bytes come. One that leaves before, or is late, is only closed.
 *
 * <p>Threading: for its loop's own thread.
 */
final class Door implements SocketLoop.Handler {

  private final SocketLoop loop;
  private final SocketChannel channel;
  private final ClientConnection client;
  private final ClientLayers layers;
  private final Attributes attributes;
  private final Materializer materializer;

  /**
   * A door for one accepted channel.
   *
   * @param attributes bind the client's stream to the loop
   */
  Door(
      SocketLoop loop,
      SocketChannel channel,
      ClientConnection client,
      ClientLayers layers,
      Attributes attributes,
      Materializer materializer) {
    this.loop = loop;
    this.channel = channel;
    this.client = client;
    this.layers = layers;
    this.attributes = attributes;
    this.materializer = materializer;
  }

  /** Waits for the first byte. */
  void open() {
    client.closeWith(
        new ClientConnection.Closer() {
          @Override
          public void close() {
            loop.execute(Door.this::leave);
          }

          @Override
          public void reset() {
            close();
          }
        });
    try {
      loop.register(channel, SelectionKey.OP_READ, this);
    } catch (IOException gone) {
      leave();
    }
  }

  @Override
  public void ready(SelectionKey key) {
    ByteString first = read();
    if (first.isEmpty()) {
      leave();
      return;
    }
    key.interestOps(0);
    LoopSocket socket = new LoopSocket(loop, key, client, layers.clients(), first);
    try {
      Flow<ByteString, ByteString, NotUsed> flow = layers.flow(client);
      Flow.fromGraph(socket).join(flow).addAttributes(attributes).run(materializer);
    } catch (IllegalStateException ending) {
      leave(); // the actor system has begun to end
    }
  }

  /** The first bytes; nothing if the client has gone. */
  private ByteString read() {
    ByteBuffer buffer = loop.readBuffer();
    try {
      return channel.read(buffer) > 0
          ? ByteString.fromByteBuffer(buffer.flip())
          : ByteString.emptyByteString();
    } catch (IOException reset) {
      return ByteString.emptyByteString();
    }
  }

  private void leave() {
    SocketLoop.closeQuietly(channel);
    layers.clients().remove(client);
  }
}
