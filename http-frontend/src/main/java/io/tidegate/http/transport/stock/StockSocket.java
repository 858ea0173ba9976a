package io.tidegate.http.transport.stock;

import io.tidegate.http.transport.ClientConnection;
import io.tidegate.http.transport.OpenConnections;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.BidiShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * Sits right above Pekko's TCP, on the bytes of one client.
 *
 * <ul>
 *   <li>It writes in small pieces, one at a time, and notes since when a client has not made room
 *       for one. A client that reads slowly gets on; one that does not read is dropped, whatever
 *       the layers above are doing.
 *   <li>It lingers: after the last byte of an answer it waits for the client to close. Closing at
 *       once, with unread bytes of a refused body in the socket, would reset the connection and
 *       destroy the answer on its way.
 * </ul>
 */
final class StockSocket
    extends GraphStage<BidiShape<ByteString, ByteString, ByteString, ByteString>> {

  /** What a client must make room for within its time, so that a slow one need not be fast. */
  private static final int MAX_PIECE_BYTES = 16 * 1024;

  /** Resets the socket below. */
  private static final class NotTaken extends Exception {
    private static final long serialVersionUID = 1;

    NotTaken() {
      super("the client did not take its answer", null, false, false);
    }
  }

  private final Inlet<ByteString> fromGuard = Inlet.create("StockSocket.fromGuard");
  private final Outlet<ByteString> toNet = Outlet.create("StockSocket.toNet");
  private final Inlet<ByteString> fromNet = Inlet.create("StockSocket.fromNet");
  private final Outlet<ByteString> toGuard = Outlet.create("StockSocket.toGuard");
  private final BidiShape<ByteString, ByteString, ByteString, ByteString> shape =
      new BidiShape<>(fromGuard, toNet, fromNet, toGuard);

  private final ClientConnection connection;
  private final OpenConnections connections;

  StockSocket(ClientConnection connection, OpenConnections connections) {
    this.connection = connection;
    this.connections = connections;
  }

  @Override
  public BidiShape<ByteString, ByteString, ByteString, ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends GraphStageLogic {

    /** Waits to be written, after the piece that is being written; null if nothing does. */
    private ByteString unwritten;

    Logic() {
      super(shape);
      setHandler(fromNet, new FromNet());
      setHandler(toGuard, new ToGuard());
      setHandler(fromGuard, new FromGuard());
      setHandler(toNet, new ToNet());
    }

    @Override
    public void preStart() {
      AsyncCallback<Runnable> turn = createAsyncCallback(Runnable::run);
      connection.closeWith(
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
    }

    @Override
    public void postStop() {
      connection.clientGone();
      connections.remove(connection);
    }

    private final class FromNet extends AbstractInHandler {
      @Override
      public void onPush() {
        push(toGuard, grab(fromNet));
      }

      @Override
      public void onUpstreamFinish() {
        complete(toGuard);
      }
    }

    private final class ToGuard extends AbstractOutHandler {
      @Override
      public void onPull() {
        pull(fromNet);
      }
    }

    private final class FromGuard extends AbstractInHandler {
      @Override
      public void onPush() {
        write(grab(fromGuard));
      }

      @Override
      public void onUpstreamFinish() {
        if (isAvailable(toNet)) {
          finish();
        }
      }
    }

    private final class ToNet extends AbstractOutHandler {
      @Override
      public void onPull() {
        if (unwritten != null) {
          write(unwritten);
          return;
        }
        connection.written();
        if (isClosed(fromGuard)) {
          finish();
        } else {
          pull(fromGuard);
        }
      }
    }

    private void write(ByteString bytes) {
      boolean whole = bytes.length() <= MAX_PIECE_BYTES;
      unwritten = whole ? null : bytes.drop(MAX_PIECE_BYTES);
      connection.writing();
      push(toNet, whole ? bytes : bytes.take(MAX_PIECE_BYTES));
    }

    /** The last byte is in the socket. */
    private void finish() {
      connection.lingering();
      complete(toNet);
    }

    /** A socket that is closed with bytes still to write would stay until the client took them. */
    private void closeOrReset() {
      if (isClosed(toNet) || isAvailable(toNet)) {
        completeStage();
      } else {
        failStage(new NotTaken());
      }
    }

    private void resetIfWriting() {
      if (!isClosed(toNet) && !isAvailable(toNet)) {
        failStage(new NotTaken());
      }
    }
  }
}
