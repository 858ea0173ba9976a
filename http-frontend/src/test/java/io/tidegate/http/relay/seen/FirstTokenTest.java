package io.tidegate.http.relay.seen;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstTokenTest {

  private static final String ROLE =
      "data: {\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}\n\n";
  private static final String TOKEN = "data: {\"delta\":{\"content\":\"Hi\"}}\n\n";

  @Test
  void isNotAChunkThatOnlyNamesTheRole() {
    FirstToken finder = new FirstToken();
    assertThat(finder.endIn(ByteString.fromString(ROLE))).isZero();
    assertThat(finder.endIn(ByteString.fromString(TOKEN))).isEqualTo(TOKEN.indexOf("Hi") + 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"content\": \"x",
        "{\"content\" :  \"x",
        "{\"a\":\"\",\"content\":\"\\u0041",
        "{\"delta\":{\"reasoning_content\":\"x",
        "{\"type\":\"response.output_text.delta\",\"delta\":\"x",
        "{\"choices\":[{\"text\":\"x",
        "{\"function\":{\"arguments\":\"x",
        "{\"a\\\"\":\"\\\\\",\"content\":\"x"
      })
  void isFoundInEveryApiAndWithBlanks(String bytes) {
    assertThat(new FirstToken().endIn(ByteString.fromString(bytes))).isEqualTo(endOf(bytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"content\":null}",
        "{\"content\":\"\"}",
        "{\"contents\":\"x\"}",
        "{\"xcontent\":\"x\"}",
        "{\"a\":\"content\",\"b\":\"x\"}",
        "{\"content\":[\"x\"]}",
        "{\"a\":\"\\\"content\\\":\\\"x\"}",
        "{\"delta\":{\"role\":\"assistant\"}}",
        ""
      })
  void isNotFoundWhereThereIsNone(String bytes) {
    assertThat(new FirstToken().endIn(ByteString.fromString(bytes))).isZero();
  }

  @Test
  void isFoundOnceWhereverTheBytesAreSplit() {
    String all = ROLE + TOKEN + TOKEN;
    for (int split = 0; split <= all.length(); split++) {
      FirstToken finder = new FirstToken();
      int end = finder.endIn(ByteString.fromString(all.substring(0, split)));
      if (end == 0) {
        end = split + finder.endIn(ByteString.fromString(all.substring(split)));
      }
      assertThat(end).as("split at %d", split).isEqualTo(all.indexOf("Hi") + 1);
    }
  }

  /** All of them end with the token's first byte. */
  private static int endOf(String bytes) {
    return bytes.endsWith("\\u0041") ? bytes.length() - "u0041".length() : bytes.length();
  }
}
