package io.tidegate.http.transport.framing;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.pekko.util.ByteString;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A chunk is its size in hexadecimal digits, and its data, each with a line's end. */
class ChunkTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 9, 10, 15, 16, 255, 256, 4_095, 4_096, 65_535, 65_536, 1_048_577})
  void carriesDataOfAnySize(int size) {
    String data = "x".repeat(size);
    assertThat(Chunk.of(ByteString.fromString(data)).utf8String())
        .isEqualTo(Integer.toHexString(size) + "\r\n" + data + "\r\n");
  }
}
