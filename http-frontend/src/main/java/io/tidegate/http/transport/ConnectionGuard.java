package io.tidegate.http.transport;

import io.tidegate.http.transport.framing.Framer;
import io.tidegate.http.transport.framing.VerbatimHead;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.BidiShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * Sits below the HTTP layer, on the bytes of one connection, and does three things the HTTP layer
 * does not.
 *
 * <ul>
 *   <li>It reads one buffer ahead, so that the end of a client is seen while a request is being
 *       answered, and tells the connection.
 *   <li>It goes on reading, and discards, when the HTTP layer has stopped: a client that asked for
 *       {@code Connection: close} can still be seen leaving, and one that sends a refused body is
 *       not reset before it has read why.
 *   <li>It lets only pass what can be read in one way, one request at a time, see {@link Framer},
 *       with heads written so that nothing of them is lost, see {@link VerbatimHead}.
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

  ConnectionGuard(ClientConnection connection) {
    this.connection = connection;
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
      pull(fromNet);
    }

    @Override
    public void postStop() {
      connection.clientGone();
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
        if (!discarding && framer.isEmpty()) {
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
        discard();
      }
    }

    private final class FromHttp extends AbstractInHandler {
      @Override
      public void onPush() {
        push(toNet, grab(fromHttp));
      }

      @Override
      public void onUpstreamFinish() {
        complete(toNet);
        if (!isClosed(toHttp)) {
          complete(toHttp);
        }
        discard();
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

    /** Passes the next piece on, and reads the next buffer if that was all of this one. */
    private void passOn() {
      framer.next().ifPresent(this::pass);
      if (framer.isEmpty()) {
        if (isClosed(fromNet)) {
          complete(toHttp);
        } else {
          pull(fromNet);
        }
      }
    }

    private void pass(ByteString piece) {
      push(toHttp, VerbatimHead.of(piece, framer.headBytes()));
    }

    private void discard() {
      discarding = true;
      if (!isClosed(fromNet) && !hasBeenPulled(fromNet)) {
        pull(fromNet);
      }
    }
  }
}
