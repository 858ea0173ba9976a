package io.tidegate.http.transport.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Random;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

/** Bytes leave in the order in which they came, however few the socket takes at a time. */
class WriteQueueTest {

  private static final long SEED = Long.getLong("seed", 4);

  private final WriteQueue queue = new WriteQueue();
  private final ByteBuffer buffer = ByteBuffer.allocate(100);

  @Test
  void losesAndReordersNothing() throws IOException {
    Random random = new Random(SEED);
    Miser miser = new Miser(random);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < 2_000; i++) {
      byte[] piece = new byte[random.nextInt(300)];
      random.nextBytes(piece);
      all.write(piece);
      queue.add(ByteString.fromArray(piece));
      long before = queue.pendingBytes();
      assertThat(queue.writeTo(miser, buffer)).isEqualTo(before - queue.pendingBytes());
      assertThat(queue.pendingBytes()).isEqualTo(all.size() - miser.taken.size());
    }
    while (!queue.isEmpty()) {
      queue.writeTo(miser, buffer);
    }
    assertThat(miser.taken.toByteArray()).as("seed %d", SEED).isEqualTo(all.toByteArray());
  }

  @Test
  void stopsAsSoonAsTheSocketIsFull() throws IOException {
    Miser full = new Miser(new Random(SEED));
    full.most = 0;
    queue.add(ByteString.fromString("x"));
    assertThat(queue.writeTo(full, buffer)).isZero();
    assertThat(full.calls).isEqualTo(1);
  }

  /** A channel that takes some of what it is given. */
  private static final class Miser implements WritableByteChannel {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final Random random;
    private int most = 150;
    private int calls;

    Miser(Random random) {
      this.random = random;
    }

    @Override
    public int write(ByteBuffer bytes) {
      calls++;
      int count = Math.min(bytes.remaining(), random.nextInt(most + 1));
      for (int i = 0; i < count; i++) {
        taken.write(bytes.get());
      }
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
