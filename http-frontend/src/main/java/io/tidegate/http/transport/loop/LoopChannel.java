package io.tidegate.http.transport.loop;

import io.tidegate.http.transport.ClientChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.pekko.util.ByteString;

/**
 * The way past a client's stream into the queue of its socket. It is open from the moment the head
 * of an answer has been put into the queue, which the socket notes here.
 *
 * <p>Threading: for its loop's own thread.
 */
final class LoopChannel implements ClientChannel {

  private static final ByteString INTERIM = ByteString.fromString("HTTP/1.1 1");
  private static final ByteString HEAD_END = ByteString.fromString("\r\n\r\n");

  private final WriteQueue queue;
  private final Consumer<ByteString> writer;

  /** Null unless somebody waits for a head or for room. */
  private Listener listener;

  /** How the head that is waited for begins; null if none is. */
  private ByteString expected;

  private boolean roomWanted;
  private boolean closed;

  /**
   * The way into one queue.
   *
   * @param writer puts bytes into it
   */
  LoopChannel(WriteQueue queue, Consumer<ByteString> writer) {
    this.queue = queue;
    this.writer = writer;
  }

  @Override
  public void expectHead(int status, Listener newListener) {
    listener = newListener;
    expected =
        ByteString.fromArrayUnsafe(("HTTP/1.1 " + status).getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public boolean hasRoom() {
    roomWanted = closed || queue.pendingBytes() >= LoopSocket.HIGH_WATER_BYTES;
    return !roomWanted;
  }

  @Override
  public void offer(ByteString framed) {
    writer.accept(framed);
  }

  @Override
  public void forget() {
    listener = null;
    expected = null;
  }

  /** The stream has put these bytes into the queue. */
  void passed(ByteString bytes) {
    if (expected == null || bytes.startsWith(INTERIM, 0)) {
      return;
    }
    boolean head = bytes.startsWith(expected, 0) && bytes.endsWith(HEAD_END);
    expected = null;
    if (head) {
      listener.headPassed();
    } else {
      listener.headMissed();
    }
  }

  /** The socket has taken something. */
  void taken() {
    if (roomWanted && listener != null && queue.pendingBytes() < LoopSocket.HIGH_WATER_BYTES) {
      listener.roomMade();
    }
  }

  /** The socket takes nothing more. */
  void close() {
    closed = true;
    forget();
  }
}
