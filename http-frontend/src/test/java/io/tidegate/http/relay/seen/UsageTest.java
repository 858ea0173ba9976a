package io.tidegate.http.relay.seen;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"choices\":[],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":34,\"total_tokens\":46}}",
        "data: {\"usage\":{\"completion_tokens\":34,\"prompt_tokens\":12}}\n\ndata: [DONE]\n\n",
        "x \"usage\" : { \"input_tokens\" : 12, \"input_tokens_details\" : {\"a\":[1]},"
            + " \"output_tokens\" : 34 }",
        "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}..\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":34}",
        "\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":34}..\"usage\":null"
      })
  void isTheLastOneThatIsTold(String end) {
    assertThat(Usage.in(ByteString.fromString(end))).hasValue(new Usage(12, 34));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"usage\"",
        "\"usage\":",
        "\"usage\":{\"prompt_tokens\":12",
        "\"usage\":{\"prompt_tokens\":\"12\"}",
        "{\"content\":\"\\\"usage\\\":{\\\"prompt_tokens\\\":9}\"}"
      })
  void isNotMadeUp(String end) {
    assertThat(Usage.in(ByteString.fromString(end))).isEmpty();
  }

  @Test
  void isFoundThoughItsEventCameInPieces() {
    AnswerEnd end = new AnswerEnd();
    for (String piece :
        "a|b|c|\"usage\":{\"prompt_|tokens\":12,\"completion|_tokens\":34}|D".split("[|]", -1)) {
      end.add(ByteString.fromString(piece));
    }
    assertThat(end.last().utf8String()).isEqualTo("D");
    assertThat(Usage.in(end.bytes())).hasValue(new Usage(12, 34));
  }
}
