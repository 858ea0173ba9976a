package io.tidegate.http.transport.framing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of upstreams are read in one way or not at all, wherever their bytes are split. */
class AnswerFramerTest {

  private static final long SEED = Long.getLong("seed", 9);
  private static final int MAX_HEAD_BYTES = 4_096;

  private final AnswerFramer framer = new AnswerFramer(MAX_HEAD_BYTES);

  /** What has come of the answers so far: status, then body, then how it ended. */
  private final StringBuilder seen = new StringBuilder();

  @Test
  void readsABodyWithALength() {
    assertThat(read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")).isEqualTo("200 hello.");
  }

  @Test
  void readsChunks() {
    String chunks = "3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\nX-T: 1\r\n\r\n";
    assertThat(read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks))
        .isEqualTo("200 abcdefg.");
  }

  @Test
  void readsToTheEndOfTheConnectionWhereNothingElseTells() {
    assertThat(read("HTTP/1.1 200 OK\r\n\r\nhello")).isEqualTo("200 hello");
    assertThat(framer.endsWithConnection()).isTrue();
  }

  @Test
  void takesNoPartForTheWholeWhereTheConnectionEndsEarly() {
    read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell");
    assertThat(framer.endsWithConnection()).isFalse();
    read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
    assertThat(framer.endsWithConnection()).isFalse();
    read("HTTP/1.1 200");
    assertThat(framer.endsWithConnection()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304})
  void knowsAnswersThatHaveNoBody(int status) {
    assertThat(read("HTTP/1.1 " + status + " No\r\nContent-Length: 5\r\n\r\n"))
        .isEqualTo(status + " .");
  }

  @Test
  void expectsNoBodyAfterAHead() {
    framer.begin(true);
    scan("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
    assertThat(seen).hasToString("200 .");
    assertThat(framer.head().length()).hasValue(5);
    assertThat(framer.head().keepsConnection(true)).isTrue();
  }

  @Test
  void passesOverInterimAnswers() {
    String interim = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: a\r\n\r\n";
    assertThat(read(interim + "HTTP/1.1 200\r\nContent-Length: 1\r\n\r\nx")).isEqualTo("200 x.");
    assertThat(framer.head().fields()).isEmpty();
    assertThat(read("HTTP/1.1 100 Continue\r\n\r\n".repeat(9))).endsWith("!");
  }

  @Test
  void tellsHeadersAsTheyCame() {
    read("HTTP/1.1 200 OK\r\nX-A:  b c \r\ncontent-type: text/plain\r\nContent-Length: 0\r\n\r\n");
    assertThat(framer.head().fields()).containsExactly(new AnswerHead.Field("X-A", "b c"));
    assertThat(framer.head().contentType()).contains("text/plain");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nConnection: Keep-Alive, CLOSE\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n"
      })
  void saysWhichConnectionsCannotBeUsedAgain(String answer) {
    read(answer);
    assertThat(framer.head().keepsConnection(false)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\nHTTP/1.1 200 OK\r\n",
        "ICY 200 OK\r\n",
        "HTTP/2.0 200 OK\r\n",
        "HTTP/1.1  200 OK\r\n",
        "HTTP/1.1 20 OK\r\n",
        "HTTP/1.1 2000 OK\r\n",
        "HTTP/1.1 999 OK\r\n",
        "HTTP/1.1 099 OK\r\n",
        "HTTP/1.1 101 Switching\r\n",
        "HTTP/1.1 200 OK\n",
        "HTTP/1.1 200 OK\r\nX-A: b\n",
        "HTTP/1.1 200 OK\r\n folded: b\r\n",
        "HTTP/1.1 200 OK\r\nX-A: a\r\n b\r\n",
        "HTTP/1.1 200 OK\r\nX-A : b\r\n",
        "HTTP/1.1 200 OK\r\nX-A\r\n",
        "HTTP/1.1 200 OK\r\nX-A: \0\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: +5\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551617\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
        "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5 \r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10000000000000003\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 5\r\n"
      })
  void refusesWhatCouldBeReadInTwoWays(String answer) {
    assertThat(read(answer)).endsWith("!");
  }

  @Test
  void refusesHeadsThatAreTooLong() {
    assertThat(read("HTTP/1.1 200 OK\r\n" + "X-A: b\r\n".repeat(600))).endsWith("!");
    assertThat(read("HTTP/1.1 200 OK\r\nX-A: " + "b".repeat(5_000))).endsWith("!");
  }

  @Test
  void refusesBytesThatNobodyAskedFor() {
    read("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
    scan("y");
    assertThat(seen.toString()).endsWith("!");
  }

  @Test
  void readsTheSameHoweverTheBytesAreSplit() {
    Random random = new Random(SEED);
    String chunked =
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nX: y\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "5\r\nhello\r\nC\r\n and a world\r\n0\r\n\r\n";
    String sized = "HTTP/1.1 404 No\r\nContent-Length: 11\r\n\r\nhello world";
    for (int i = 0; i < 500; i++) {
      String answer = random.nextBoolean() ? chunked : sized;
      seen.setLength(0);
      framer.begin(false);
      for (int at = 0; at < answer.length(); ) {
        int next = Math.min(answer.length(), at + 1 + random.nextInt(9));
        scan(answer.substring(at, next));
        at = next;
      }
      assertThat(seen)
          .as("seed %d", SEED)
          .hasToString(answer.equals(sized) ? "404 hello world." : "200 hello and a world.");
    }
  }

  private String read(String answer) {
    seen.setLength(0);
    framer.begin(false);
    scan(answer);
    return seen.toString();
  }

  private void scan(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    int at = 0;
    boolean more = true;
    while (more) {
      int next = framer.scan(bytes, at, bytes.length);
      switch (framer.part()) {
        case HEAD -> seen.append(framer.head().status()).append(' ');
        case DATA -> seen.append(text, at, next);
        case END -> seen.append('.');
        case BROKEN -> seen.append('!');
        case FRAMING -> {}
      }
      at = next;
      boolean over = framer.part() == AnswerFramer.Part.BROKEN;
      more = !over && (at < bytes.length || framer.part() != AnswerFramer.Part.FRAMING);
    }
  }
}
