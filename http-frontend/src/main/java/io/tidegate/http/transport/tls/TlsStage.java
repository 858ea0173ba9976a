package io.tidegate.http.transport.tls;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
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
 * Turns the bytes of one connection into TLS records and back, between a plain stage above and a
 * socket below.
 *
 * <p>It buffers nothing: it asks for plain bytes when the socket has taken the last record, and for
 * records when the last plain bytes have been taken. So the stage above sees a slow client as it
 * would without TLS. An idle connection holds no buffer here.
 *
 * <p>A client that begins a second handshake on one connection is cut off: TLS 1.3 has none, and in
 * 1.2 it costs the server more than the client.
 */
final class TlsStage extends GraphStage<BidiShape<ByteString, ByteString, ByteString, ByteString>> {

  private final Inlet<ByteString> fromPlain = Inlet.create("TlsStage.fromPlain");
  private final Outlet<ByteString> toSocket = Outlet.create("TlsStage.toSocket");
  private final Inlet<ByteString> fromSocket = Inlet.create("TlsStage.fromSocket");
  private final Outlet<ByteString> toPlain = Outlet.create("TlsStage.toPlain");
  private final BidiShape<ByteString, ByteString, ByteString, ByteString> shape =
      new BidiShape<>(fromPlain, toSocket, fromSocket, toPlain);

  private final SSLEngine engine;

  /** A stage for one connection; materialize it once. */
  TlsStage(SSLEngine engine) {
    this.engine = engine;
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

    private final Records records = new Records(engine);

    /** Whether the client has been cut off and is only waited for to close. */
    private boolean refused;

    Logic() {
      super(shape);
      setHandler(fromPlain, new FromPlain());
      setHandler(toSocket, new ToSocket());
      setHandler(fromSocket, new FromSocket());
      setHandler(toPlain, new ToPlain());
    }

    private final class FromPlain extends AbstractInHandler {
      @Override
      public void onPush() {
        records.addPlain(grab(fromPlain));
        proceed();
      }

      @Override
      public void onUpstreamFinish() {
        records.sayGoodbye();
        proceed();
      }
    }

    private final class ToSocket extends AbstractOutHandler {
      @Override
      public void onPull() {
        proceed();
      }
    }

    private final class FromSocket extends AbstractInHandler {
      @Override
      public void onPush() {
        ByteString bytes = grab(fromSocket);
        if (refused) {
          pull(fromSocket);
        } else {
          records.addSealed(bytes);
          proceed();
        }
      }

      @Override
      public void onUpstreamFinish() {
        proceed();
      }
    }

    private final class ToPlain extends AbstractOutHandler {
      @Override
      public void onPull() {
        proceed();
      }

      @Override
      public void onDownstreamFinish(Throwable cause) {
        if (!refused) {
          cancel(fromSocket);
        }
      }
    }

    /** Does all that can be done now, and asks for what is missing. */
    private void proceed() {
      if (refused) {
        return;
      }
      try {
        unseal();
        seal();
        unseal(); // what the socket has taken may have been the handshake's last
      } catch (SSLException refused) {
        refuse();
      }
    }

    /** From the socket to the plain side. */
    private void unseal() throws SSLException {
      if (isClosed(toPlain)) {
        return;
      }
      if (!records.isEstablished() || isAvailable(toPlain)) {
        ByteString plain = records.open();
        if (!plain.isEmpty()) {
          push(toPlain, plain);
        } else if (records.peerIsDone() || isClosed(fromSocket)) {
          clientIsDone();
        } else if (records.wantsMore() && !hasBeenPulled(fromSocket)) {
          pull(fromSocket);
        }
      }
    }

    /** From the plain side to the socket. */
    private void seal() throws SSLException {
      if (isClosed(toSocket) || !isAvailable(toSocket)) {
        return;
      }
      ByteString sealed = records.seal();
      if (!sealed.isEmpty()) {
        push(toSocket, sealed);
      }
      if (records.hasSaidGoodbye()) {
        complete(toSocket);
        cancel(fromPlain);
      } else if (sealed.isEmpty()
          && records.isEstablished()
          && !isClosed(fromPlain)
          && !hasBeenPulled(fromPlain)) {
        pull(fromPlain);
      }
    }

    private void clientIsDone() {
      if (records.isEstablished()) {
        complete(toPlain);
      } else {
        completeStage();
      }
    }

    /**
     * Lets the client know why, then waits for it to close: closing at once, with unread bytes in
     * the socket, would destroy the alert on its way.
     */
    private void refuse() {
      refused = true;
      cancel(fromPlain);
      if (!isClosed(toPlain)) {
        complete(toPlain);
      }
      ByteString alert = records.alert();
      if (alert.isEmpty() || isClosed(toSocket)) {
        completeStage();
        return;
      }
      if (!isClosed(fromSocket) && !hasBeenPulled(fromSocket)) {
        pull(fromSocket);
      }
      emit(toSocket, alert, () -> complete(toSocket));
    }
  }
}
