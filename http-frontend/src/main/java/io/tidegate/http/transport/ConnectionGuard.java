package io.tidegate.http.transport;

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
 * Sits between a socket and the HTTP layer, on the bytes of one connection, and does three things
 * the HTTP layer does not.
 *
 * <ul>
 *   <li>It reads one buffer ahead, so that the end of a client is seen while a request is being
 *       answered, and tells the connection.
 *   <li>It goes on reading, and discards, when the HTTP layer has stopped: a client that asked for
 *       {@code Connection: close} can still be seen leaving.
 *   <li>It lingers: after the last byte of an answer it waits for the client to close. Closing at
 *       once, with unread bytes of a refused body in the socket, would reset the connection and
 *       destroy the answer on its way.
 * </ul>
 */
final class ConnectionGuard
    extends GraphStage<BidiShape<ByteString, ByteString, ByteString, ByteString>> {

  private final Inlet<ByteString> fromHttp = Inlet.create("ConnectionGuard.fromHttp");
  private final Outlet<ByteString> toNet = Outlet.create("ConnectionGuard.toNet");
  private final Inlet<ByteString> fromNet = Inlet.create("ConnectionGuard.fromNet");
  private final Outlet<ByteString> toHttp = Outlet.create("ConnectionGuard.toHttp");
  private final BidiShape<ByteString, ByteString, ByteString, ByteString> shape =
      new BidiShape<>(fromHttp, toNet, fromNet, toHttp);

  private final ClientConnection connection;
  private final OpenConnections connections;

  ConnectionGuard(ClientConnection connection, OpenConnections connections) {
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

    /** Read ahead of the HTTP layer's demand; null if nothing is. */
    private ByteString readAhead;

    private boolean discarding;

    Logic() {
      super(shape);
      setHandler(fromNet, new FromNet());
      setHandler(toHttp, new ToHttp());
      setHandler(fromHttp, new FromHttp());
      setHandler(toNet, new ToNet());
    }

    @Override
    public void preStart() {
      AsyncCallback<Boolean> close = createAsyncCallback(ignored -> completeStage());
      connection.closeWith(() -> close.invoke(Boolean.TRUE));
      pull(fromNet);
    }

    @Override
    public void postStop() {
      connection.clientGone();
      connections.remove(connection);
    }

    private final class FromNet extends AbstractInHandler {
      @Override
      public void onPush() {
        ByteString bytes = grab(fromNet);
        if (discarding) {
          pull(fromNet);
          return;
        }
        connection.bytesArrived();
        if (isAvailable(toHttp)) {
          push(toHttp, bytes);
          pull(fromNet);
        } else {
          readAhead = bytes;
        }
      }

      @Override
      public void onUpstreamFinish() {
        connection.clientGone();
        if (discarding) {
          finishIfWritten();
        } else if (readAhead == null) {
          complete(toHttp);
        }
      }

      @Override
      public void onUpstreamFailure(Throwable reset) {
        connection.clientGone();
        completeStage();
      }
    }

    private final class ToHttp extends AbstractOutHandler {
      @Override
      public void onPull() {
        if (readAhead == null) {
          return;
        }
        push(toHttp, readAhead);
        readAhead = null;
        if (isClosed(fromNet)) {
          complete(toHttp);
        } else {
          pull(fromNet);
        }
      }

      @Override
      public void onDownstreamFinish(Throwable cause) {
        discarding = true;
        readAhead = null;
        if (!isClosed(fromNet) && !hasBeenPulled(fromNet)) {
          pull(fromNet);
        }
      }
    }

    private final class FromHttp extends AbstractInHandler {
      @Override
      public void onPush() {
        push(toNet, grab(fromHttp));
      }

      @Override
      public void onUpstreamFinish() {
        if (isClosed(fromNet)) {
          completeStage();
          return;
        }
        connection.lingering();
        complete(toNet);
        if (!isClosed(toHttp)) {
          complete(toHttp);
        }
        discarding = true;
        readAhead = null;
        if (!hasBeenPulled(fromNet)) {
          pull(fromNet);
        }
      }
    }

    private final class ToNet extends AbstractOutHandler {
      @Override
      public void onPull() {
        pull(fromHttp);
      }

      @Override
      public void onDownstreamFinish(Throwable cause) {
        connection.clientGone();
        completeStage();
      }
    }

    private void finishIfWritten() {
      if (isClosed(fromHttp)) {
        completeStage();
      }
    }
  }
}
