package io.tidegate.http.transport.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.http.transport.ClientChannel;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

/** The way past a stream opens with the head of an answer, and waits where a queue is full. */
class LoopChannelTest {

  private static final String HEAD = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

  private final WriteQueue queue = new WriteQueue();
  private final List<String> told = new ArrayList<>();
  private final LoopChannel channel = new LoopChannel(queue, queue::add);

  private final ClientChannel.Listener listener =
      new ClientChannel.Listener() {
        @Override
        public void headPassed() {
          told.add("head passed");
        }

        @Override
        public void headMissed() {
          told.add("head missed");
        }

        @Override
        public void roomMade() {
          told.add("room made");
        }
      };

  @Test
  void opensWhenTheHeadHasPassed() {
    channel.expectHead(200, listener);
    assertThat(told).isEmpty();
    pass(HEAD);
    pass("0\r\n\r\n");
    assertThat(told).containsExactly("head passed");
  }

  @Test
  void waitsWhileAnInterimAnswerPasses() {
    channel.expectHead(200, listener);
    pass("HTTP/1.1 100 Continue\r\n\r\n");
    assertThat(told).isEmpty();
    pass(HEAD);
    assertThat(told).containsExactly("head passed");
  }

  /** Shown red by taking whatever passes first for the head. */
  @Test
  void staysClosedWhereSomethingElsePassesFirst() {
    List<String> others =
        List.of(
            "HTTP/1.1 500 Internal Server Error\r\n\r\n",
            "0\r\n\r\n",
            HEAD + "5\r\nhello\r\n",
            "HTTP/1.0 200 OK\r\n\r\n");
    for (String other : others) {
      told.clear();
      channel.expectHead(200, listener);
      pass(other);
      pass(HEAD);
      assertThat(told).as(other).containsExactly("head missed");
    }
  }

  @Test
  void tellsOnlyWhoFoundNoRoomOfNewRoom() throws Exception {
    channel.expectHead(200, listener);
    pass(HEAD);
    told.clear();
    assertThat(channel.hasRoom()).isTrue();
    drain();
    assertThat(told).isEmpty();

    channel.offer(ByteString.fromString("x".repeat(LoopSocket.HIGH_WATER_BYTES)));
    assertThat(channel.hasRoom()).isFalse();
    channel.taken();
    assertThat(told).isEmpty();
    drain();
    assertThat(told).containsExactly("room made");
  }

  @Test
  void callsNobodyOnceForgottenOrClosed() throws Exception {
    channel.expectHead(200, listener);
    channel.forget();
    pass(HEAD);
    channel.expectHead(200, listener);
    pass(HEAD);
    told.clear();
    channel.close();
    assertThat(channel.hasRoom()).isFalse();
    drain();
    assertThat(told).isEmpty();
  }

  private void pass(String text) {
    ByteString bytes = ByteString.fromString(text);
    queue.add(bytes);
    channel.passed(bytes);
  }

  private void drain() throws Exception {
    ByteBuffer sink = ByteBuffer.allocate(2 * LoopSocket.HIGH_WATER_BYTES);
    while (!queue.isEmpty()) {
      queue.writeTo(new Swallow(), sink);
    }
    channel.taken();
  }

  /** Takes everything. */
  private static final class Swallow implements WritableByteChannel {
    @Override
    public int write(ByteBuffer bytes) {
      int count = bytes.remaining();
      bytes.position(bytes.limit());
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
