package io.tidegate.http.relay;

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
    assertThat(finder.isIn(ByteString.fromString(ROLE))).isFalse();
    assertThat(finder.isIn(ByteString.fromString(TOKEN))).isTrue();
    assertThat(finder.isIn(ByteString.fromString(TOKEN))).as("only once").isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"content\": \"x", "{\"content\":  \"x", "\"\"content\":\"x"})
  void isFoundWithBlanksAndStrayQuotes(String bytes) {
    assertThat(new FirstToken().isIn(ByteString.fromString(bytes))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"content\":null}", "{\"content\":\"\"}", "\"contents\":\"x\"", ""})
  void isNotFoundWhereThereIsNone(String bytes) {
    assertThat(new FirstToken().isIn(ByteString.fromString(bytes))).isFalse();
  }

  @Test
  void isFoundOnceWhereverTheBytesAreSplit() {
    String all = ROLE + TOKEN + TOKEN;
    for (int split = 0; split <= all.length(); split++) {
      FirstToken finder = new FirstToken();
      boolean first = finder.isIn(ByteString.fromString(all.substring(0, split)));
      boolean second = finder.isIn(ByteString.fromString(all.substring(split)));
      assertThat(first ^ second).as("split at %d", split).isTrue();
    }
  }
}
