package io.tidegate.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelinedPiecesTest {

  private static final int MANY = 10 * PipelinedPieces.MAX_BLANK_LINES;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n{\"a\":\n1}\r"
      })
  void leavesWhatHoldsOneRequestWhole(String bytes) {
    assertThat(PipelinedPieces.firstLength(ByteString.fromString(bytes))).isEqualTo(bytes.length());
  }

  @Test
  void leavesLinesWhole() {
    ByteString lines = ByteString.fromString("X-A: b\r\n".repeat(MANY));
    assertThat(PipelinedPieces.firstLength(lines)).isEqualTo(lines.length());
  }

  /** Pekko takes a line's end without a carriage return, and blank lines before a request. */
  @ParameterizedTest
  @ValueSource(
      strings = {"G / HTTP/1.0\r\n\r\n", "G / HTTP/1.0\n\n", "G / HTTP/1.0\n\r\n", "\r\n", "\n"})
  void endsAfterAFewBlankLines(String request) {
    ByteString bytes = ByteString.fromString("\n" + request.repeat(MANY));
    int length = PipelinedPieces.firstLength(bytes);
    assertThat(length)
        .isLessThanOrEqualTo((PipelinedPieces.MAX_BLANK_LINES + 1) * request.length() + 1);
    assertThat(bytes.apply(length - 1)).isEqualTo((byte) '\n');
  }

  @Test
  void losesNoByte() {
    ByteString bytes = ByteString.fromString("G / HTTP/1.0\r\n\r\n".repeat(MANY) + "tail");
    ByteString joined = ByteString.emptyByteString();
    for (ByteString rest = bytes; rest.nonEmpty(); ) {
      int length = PipelinedPieces.firstLength(rest);
      assertThat(length).isPositive();
      joined = joined.concat(rest.take(length));
      rest = rest.drop(length);
    }
    assertThat(joined).isEqualTo(bytes);
  }
}
