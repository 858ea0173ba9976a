package io.tidegate.http.transport;

import io.tidegate.http.transport.framing.Framer;
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
 * Sits between a socket and the HTTP layer, on the bytes of one connection, and does five things
 * the HTTP layer does not.
 *
 * <ul>
 *   <li>It reads one buffer ahead, so that the end of a client is seen while a request is being
 *       answered, and tells the connection.
 *   <li>It goes on reading, and discards, when the HTTP layer has stopped: a client that asked for
 *       {@code Connection: close} can still be seen leaving.
 *   <li>It lets only pass what can be read in one way, one request at a time, see {@link Framer}.
 *   <li>It writes in small pieces, one at a time, and notes since when a client has not made room
 *       for one. A client that reads slowly gets on; one that does not read is dropped, whatever
 *       the layers above are doing.
 *   <li>It lingers: after the last byte of an answer it waits for the client to close. Closing at
 *       once, with unread bytes of a refused body in the socket, would reset the connection and
 *       destroy the answer on its way.
 * </ul>
 */
final class ConnectionGuard
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

    /** Holds what was read and not yet passed on to the HTTP layer. */
    private final Framer framer = new Framer(connection.maxHeadBytes());

    /** Waits to be written, after the piece that is being written; null if nothing does. */
    private ByteString unwritten;

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
        framer.add(bytes);
        if (isAvailable(toHttp)) {
          passOn();
        }
      }

      @Override
      public void onUpstreamFinish() {
        connection.clientGone();
        if (discarding) {
          if (isClosed(toNet) || (isClosed(fromHttp) && isAvailable(toNet))) {
            completeStage();
          }
        } else if (framer.isEmpty()) {
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
        if (!framer.isEmpty()) {
          passOn();
        }
      }

      @Override
      public void onDownstreamFinish(Throwable cause) {
        discarding = true;
        if (!isClosed(fromNet) && !hasBeenPulled(fromNet)) {
          pull(fromNet);
        }
      }
    }

    private final class FromHttp extends AbstractInHandler {
      @Override
      public void onPush() {
        connection.writing();
        write(grab(fromHttp));
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
          connection.writing();
          write(unwritten);
          return;
        }
        connection.written();
        if (isClosed(fromHttp)) {
          finish();
        } else {
          pull(fromHttp);
        }
      }

      @Override
      public void onDownstreamFinish(Throwable cause) {
        connection.clientGone();
        completeStage();
      }
    }

    /** Passes the next piece on, and reads the next buffer if that was all of this one. */
    private void passOn() {
      framer.next().ifPresent(piece -> push(toHttp, piece));
      if (framer.isEmpty()) {
        if (isClosed(fromNet)) {
          complete(toHttp);
        } else {
          pull(fromNet);
        }
      }
    }

    private void write(ByteString bytes) {
      boolean whole = bytes.length() <= MAX_PIECE_BYTES;
      unwritten = whole ? null : bytes.drop(MAX_PIECE_BYTES);
      push(toNet, whole ? bytes : bytes.take(MAX_PIECE_BYTES));
    }

    /** The HTTP layer has said its last, and all of it is in the socket. */
    private void finish() {
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
      if (!hasBeenPulled(fromNet)) {
        pull(fromNet);
      }
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
