package io.tidegate.http.relay.seen;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.pekko.util.ByteString;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shown red by a count that forgets, from one piece to the next, whether a line was empty. */
class StreamTokensTest {

  private static final int TOKENS = 5;

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void areAsManyAsTheUpstreamSentWhereverTheBytesAreSplit(String line) {
    String all = stream(line);
    for (int first = 0; first <= all.length(); first++) {
      for (int second = first; second <= all.length(); second++) {
        StreamTokens tokens = new StreamTokens();
        int count =
            tokens.in(ByteString.fromString(all.substring(0, first)))
                + tokens.in(ByteString.fromString(all.substring(first, second)))
                + tokens.in(ByteString.fromString(all.substring(second)));
        assertThat(count).as("split at %d and %d", first, second).isEqualTo(TOKENS);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void areNoneBeforeTheFirstHasCome(String line) {
    StreamTokens tokens = new StreamTokens();
    String empty = "data: {\"delta\":{\"content\":\"\"}}" + line + line;
    assertThat(tokens.in(ByteString.fromString(empty.repeat(9)))).isZero();
    assertThat(tokens.begun()).isFalse();
  }

  private static String stream(String line) {
    String end = line + line;
    StringBuilder all = new StringBuilder("data: {\"content\":\"\"}" + end);
    for (int i = 0; i < TOKENS; i++) {
      all.append("data: {\"content\":\"a\"}").append(end);
    }
    return all.append("data: {\"stop\":1}")
        .append(end)
        .append("data: [DONE]")
        .append(end)
        .toString();
  }
}
