package io.tidegate.http.transport.tls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.apache.pekko.util.ByteString;

/**
 * One connection's TLS records on the server's side: what has come from the socket and is not
 * opened yet, and what is to be sealed.
 *
 * <p>Threading: one thread at a time.
 */
final class Records {

  /** Records are opened and sealed here, then copied: a connection that says nothing owns none. */
  private static final ThreadLocal<ByteBuffer> SCRATCH =
      ThreadLocal.withInitial(() -> ByteBuffer.allocate(64 * 1024));

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final SSLEngine engine;
  private ByteBuffer sealed = NOTHING;
  private ByteBuffer plain = NOTHING;
  private boolean established;
  private boolean underflow = true;
  private boolean goodbye;

  Records(SSLEngine engine) {
    this.engine = engine;
  }

  /** Bytes from the socket. */
  void addSealed(ByteString bytes) {
    ByteBuffer joined = ByteBuffer.allocate(sealed.remaining() + bytes.length());
    joined.put(sealed).put(bytes.asByteBuffer()).flip();
    sealed = joined;
    underflow = false;
  }

  /** Bytes for the client; the last ones have been sealed. */
  void addPlain(ByteString bytes) {
    plain = bytes.asByteBuffer();
  }

  /** Nothing more comes for the client. */
  void sayGoodbye() {
    goodbye = true;
  }

  /** Whether the handshake is over, so that plain bytes can go either way. */
  boolean isEstablished() {
    return established;
  }

  /** Whether what has come from the socket holds no whole record. */
  boolean wantsMore() {
    return underflow;
  }

  /** Whether the client has said that it sends nothing more. */
  boolean peerIsDone() {
    return engine.isInboundDone();
  }

  /** Whether the client has been told that nothing more comes. */
  boolean hasSaidGoodbye() {
    return engine.isOutboundDone();
  }

  /** Opens records up to the next one that holds plain bytes; empty if none is here. */
  ByteString open() throws SSLException {
    ByteBuffer out = SCRATCH.get().clear();
    while (out.position() == 0
        && !engine.isInboundDone()
        && nextStep() != HandshakeStatus.NEED_WRAP) {
      Status status = followed(engine.unwrap(sealed, out));
      if (status == Status.BUFFER_UNDERFLOW) {
        underflow = true;
        break;
      }
      require(status != Status.BUFFER_OVERFLOW, "a record is too large");
    }
    if (!sealed.hasRemaining()) {
      sealed = NOTHING;
      underflow = true;
    }
    return copied(out);
  }

  /** Seals what is there, the handshake's records among it; empty if nothing is. */
  ByteString seal() throws SSLException {
    ByteBuffer out = SCRATCH.get().clear();
    while (hasToSeal() && out.remaining() >= engine.getSession().getPacketBufferSize()) {
      require(followed(engine.wrap(plain, out)) != Status.BUFFER_OVERFLOW, "a record is too large");
    }
    if (!plain.hasRemaining()) {
      plain = NOTHING;
    }
    return copied(out);
  }

  /** What tells a client why it is cut off; empty if there is nothing to tell. */
  ByteString alert() {
    ByteBuffer out = SCRATCH.get().clear();
    try {
      engine.wrap(NOTHING, out);
    } catch (SSLException unspeakable) {
      return ByteString.emptyByteString();
    }
    return copied(out);
  }

  private boolean hasToSeal() throws SSLException {
    if (engine.isOutboundDone()) {
      return false;
    }
    if (goodbye && !plain.hasRemaining()) {
      engine.closeOutbound();
    }
    HandshakeStatus step = nextStep();
    return step == HandshakeStatus.NEED_WRAP
        || (step == HandshakeStatus.NOT_HANDSHAKING && plain.hasRemaining());
  }

  /** What the engine needs next, after the work it can do by itself. */
  private HandshakeStatus nextStep() throws SSLException {
    while (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
      require(!established, "a second handshake");
      // A signature: a millisecond of work for this thread, none of waiting.
      for (Runnable task = engine.getDelegatedTask();
          task != null;
          task = engine.getDelegatedTask()) {
        task.run();
      }
    }
    return engine.getHandshakeStatus();
  }

  private Status followed(SSLEngineResult result) {
    established |= result.getHandshakeStatus() == HandshakeStatus.FINISHED;
    return result.getStatus();
  }

  private static void require(boolean good, String otherwise) throws SSLException {
    if (!good) {
      throw new SSLException(otherwise);
    }
  }

  private static ByteString copied(ByteBuffer scratch) {
    return ByteString.fromByteBuffer(scratch.flip());
  }
}
