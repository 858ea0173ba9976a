package io.tidegate.http.transport.loop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import org.apache.pekko.util.ByteString;

/**
 * Bytes on their way into one socket.
 *
 * <p>Threading: for one loop's own use.
 */
public final class WriteQueue {

  private final ArrayDeque<ByteString> pieces = new ArrayDeque<>(2);
  private long pendingBytes;

  /** Puts bytes behind those that wait. */
  public void add(ByteString bytes) {
    if (!bytes.isEmpty()) {
      pieces.add(bytes);
      pendingBytes += bytes.length();
    }
  }

  public boolean isEmpty() {
    return pendingBytes == 0;
  }

  /** How many bytes wait. */
  public long pendingBytes() {
    return pendingBytes;
  }

  /**
   * Writes as much as the channel takes.
   *
   * @return how many bytes it took
   */
  public long writeTo(WritableByteChannel channel, ByteBuffer buffer) throws IOException {
    long before = pendingBytes;
    boolean taking = true;
    while (pendingBytes > 0 && taking) {
      buffer.clear();
      fill(buffer);
      int filled = buffer.flip().remaining();
      int taken = channel.write(buffer);
      drop(taken);
      taking = taken == filled;
    }
    return before - pendingBytes;
  }

  private void fill(ByteBuffer buffer) {
    for (ByteString piece : pieces) {
      if (!buffer.hasRemaining()) {
        return;
      }
      piece.copyToBuffer(buffer);
    }
  }

  private void drop(int taken) {
    pendingBytes -= taken;
    int left = taken;
    while (left > 0) {
      ByteString first = pieces.poll();
      if (first.length() > left) {
        pieces.addFirst(first.drop(left));
        return;
      }
      left -= first.length();
    }
  }
}
