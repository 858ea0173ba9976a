package io.tidegate.loadtest.client.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseParserTest {

  private static final String STREAM =
      String.join(
          "",
          "data: one\n\n",
          ": comment\nevent: x\nid: 7\ndata:two\r\n\r\n",
          "data: a\rdata: b\r\r",
          "data\n\n",
          "datax: no\n\n",
          "data:  spaced \n\n",
          "retry: 5\n\n",
          "data: é\n\n");

  private static final List<String> EVENTS = List.of("one", "two", "a\nb", "", " spaced ", "é");

  private final List<String> events = new ArrayList<>();
  private final SseParser parser =
      new SseParser((data, length) -> events.add(new String(data, 0, length, UTF_8)));

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1000})
  void findsTheSameEventsHoweverTheStreamIsCut(int pieceBytes) {
    byte[] bytes = STREAM.getBytes(UTF_8);
    for (int at = 0; at < bytes.length; at += pieceBytes) {
      int length = Math.min(pieceBytes, bytes.length - at);
      assertThat(parser.read(Unpooled.wrappedBuffer(bytes, at, length))).isTrue();
    }
    assertThat(events).isEqualTo(EVENTS);
  }

  @Test
  void holdsBackAnEventThatHasNotEnded() {
    read("data: one\n");
    assertThat(events).isEmpty();
    read("\n");
    assertThat(events).containsExactly("one");
  }

  @Test
  void refusesAnEventWithoutEnd() {
    assertThat(read("data: " + "x".repeat(SseParser.MAX_EVENT_BYTES))).isFalse();
    assertThat(events).isEmpty();
  }

  private boolean read(String text) {
    return parser.read(Unpooled.wrappedBuffer(text.getBytes(UTF_8)));
  }
}
