package io.tidegate.http.transport.loop;

import io.tidegate.http.transport.ClientConnection;
import io.tidegate.http.transport.OpenConnections;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.InHandler;
import org.apache.pekko.stream.stage.OutHandler;
import org.apache.pekko.util.ByteString;

/**
 * One client's socket as a stage of the client's own stream, which runs on the socket's loop.
 *
 * <p>It reads when it is asked to. It takes bytes to write as they come, up to {@link
 * #HIGH_WATER_BYTES}, and writes them when the loop's turn ends. When the stream has said its last
 * it closes its side, and lingers until the client has closed the other one: closing at once, with
 * unread bytes of a refused body in the socket, would reset the connection and destroy the answer
 * on its way.
 *
 * <p>Threading: stream and socket are on one thread. What the loop tells outside of a turn of the
 * stream comes in by an asynchronous callback.
 */
final class LoopSocket extends GraphStage<FlowShape<ByteString, ByteString>> {

  /** Above this nothing more is taken, until the client has made room. */
  static final int HIGH_WATER_BYTES = 64 * 1024;

  private final Inlet<ByteString> in = Inlet.create("LoopSocket.in");
  private final Outlet<ByteString> out = Outlet.create("LoopSocket.out");
  private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);

  private final SocketLoop loop;
  private final SelectionKey key;
  private final ClientConnection client;
  private final OpenConnections clients;
  private final ByteString first;

  /**
   * The stage of one socket, which is already watched by the loop.
   *
   * @param first what has been read already
   */
  LoopSocket(
      SocketLoop loop,
      SelectionKey key,
      ClientConnection client,
      OpenConnections clients,
      ByteString first) {
    this.loop = loop;
    this.key = key;
    this.client = client;
    this.clients = clients;
    this.first = first;
  }

  @Override
  public FlowShape<ByteString, ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends GraphStageLogic
      implements InHandler, OutHandler, SocketLoop.Handler, SocketLoop.Writer {

    private final SocketChannel channel = (SocketChannel) key.channel();
    private final WriteQueue queue = new WriteQueue();
    private final LoopChannel past = new LoopChannel(queue, this::write);
    private AsyncCallback<Runnable> turn;
    private ByteString ahead = first;
    private boolean willFlush;

    Logic() {
      super(shape);
      setHandlers(in, out, this);
    }

    @Override
    public void preStart() {
      if (!loop.isCurrent()) {
        throw new IllegalStateException("a socket's stream has to run on the socket's loop");
      }
      if (!channel.isOpen()) {
        completeStage(); // it was late, and the door has closed it
        return;
      }
      turn = createAsyncCallback(Runnable::run);
      setKeepGoing(true); // as long as there are bytes to write, though both ways are closed
      client.passBy(past);
      client.closeWith(
          new ClientConnection.Closer() {
            @Override
            public void close() {
              turn.invoke(Logic.this::closeOrReset);
            }

            @Override
            public void reset() {
              turn.invoke(Logic.this::resetIfWriting);
            }
          });
      key.attach(this);
      pull(in);
    }

    @Override
    public void postStop() {
      SocketLoop.closeQuietly(channel);
      past.close();
      client.clientGone();
      clients.remove(client);
    }

    @Override
    public void onPull() {
      if (ahead == null) {
        watch(SelectionKey.OP_READ);
      } else {
        ByteString bytes = ahead;
        ahead = null;
        push(out, bytes);
      }
    }

    @Override
    public void onDownstreamFinish(Throwable cause) {
      completeStage();
    }

    @Override
    public void onPush() {
      ByteString bytes = grab(in);
      write(bytes);
      past.passed(bytes);
      if (queue.pendingBytes() < HIGH_WATER_BYTES) {
        pull(in);
      }
    }

    private void write(ByteString bytes) {
      if (queue.isEmpty()) {
        client.writing();
      }
      queue.add(bytes);
      if (!willFlush) {
        willFlush = true;
        loop.flushLater(this);
      }
    }

    @Override
    public void onUpstreamFinish() {
      if (queue.isEmpty()) {
        finish();
      }
    }

    @Override
    public void onUpstreamFailure(Throwable reason) {
      reset();
    }

    @Override
    public void ready(SelectionKey ready) {
      if (ready.isWritable()) {
        unwatch(SelectionKey.OP_WRITE);
        flush();
      }
      if (ready.isValid() && ready.isReadable()) {
        unwatch(SelectionKey.OP_READ);
        turn.invoke(this::read);
      }
    }

    private void read() {
      if (isClosed(out)) {
        return;
      }
      ByteBuffer buffer = loop.readBuffer();
      try {
        int count = channel.read(buffer);
        if (count > 0) {
          push(out, ByteString.fromByteBuffer(buffer.flip()));
        } else if (count == 0) {
          watch(SelectionKey.OP_READ);
        } else {
          complete(out);
          if (isClosed(in) && queue.isEmpty()) {
            completeStage();
          }
        }
      } catch (IOException gone) {
        completeStage();
      }
    }

    @Override
    public void flush() {
      willFlush = false;
      if (!channel.isOpen() || queue.isEmpty()) {
        return;
      }
      try {
        long taken = queue.writeTo(channel, loop.writeBuffer());
        if (!queue.isEmpty()) {
          watch(SelectionKey.OP_WRITE);
        }
        if (taken > 0) {
          onTaken();
        }
      } catch (IOException gone) {
        turn.invoke(this::completeStage);
      }
    }

    private void onTaken() {
      if (queue.isEmpty()) {
        client.written();
      } else {
        client.writing();
      }
      if (queue.pendingBytes() < HIGH_WATER_BYTES && !hasBeenPulled(in)) {
        turn.invoke(this::goOn);
      }
      past.taken();
    }

    private void goOn() {
      if (!isClosed(in)) {
        if (!hasBeenPulled(in)) {
          pull(in);
        }
      } else if (queue.isEmpty()) {
        finish();
      }
    }

    /** The last byte is in the socket. */
    private void finish() {
      client.lingering();
      if (isClosed(out)) {
        completeStage();
        return;
      }
      try {
        channel.shutdownOutput();
      } catch (IOException gone) {
        completeStage();
      }
    }

    private void closeOrReset() {
      if (queue.isEmpty()) {
        completeStage();
      } else {
        reset();
      }
    }

    private void resetIfWriting() {
      if (!queue.isEmpty()) {
        reset();
      }
    }

    /** Ends the connection without what the client has not taken. */
    private void reset() {
      try {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      } catch (IOException gone) {
        SocketLoop.closeQuietly(channel);
      }
      completeStage();
    }

    private void watch(int operation) {
      if (key.isValid()) {
        key.interestOpsOr(operation);
      }
    }

    private void unwatch(int operation) {
      key.interestOpsAnd(~operation);
    }
  }
}
