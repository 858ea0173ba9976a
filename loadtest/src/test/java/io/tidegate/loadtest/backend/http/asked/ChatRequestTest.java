package io.tidegate.loadtest.backend.http.asked;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.Unpooled;
import io.tidegate.loadtest.backend.http.reply.ApiException;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatRequestTest {

  private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]";

  @Test
  void readsAFullRequestAndIgnoresTheRest() throws ApiException {
    ChatRequest request =
        parse(
            """
            {"model":"m","messages":[{"role":"user","content":"hello"}],"stream":true,
             "stream_options":{"include_usage":true},"max_tokens":9,"n":2,"tools":[{"x":{}}]}""");
    assertThat(request.model()).contains("m");
    assertThat(request.stream()).isTrue();
    assertThat(request.includeUsage()).isTrue();
    assertThat(request.maxTokens()).isEqualTo(OptionalInt.of(9));
  }

  @Test
  void takesNullForAbsent() throws ApiException {
    ChatRequest request =
        parse("{" + MESSAGES + ",\"model\":null,\"stream\":null,\"max_tokens\":null}");
    assertThat(request.model()).isEmpty();
    assertThat(request.stream()).isFalse();
    assertThat(request.maxTokens()).isEmpty();
  }

  @Test
  void prefersTheNewerNameOfTheLimit() throws ApiException {
    assertThat(parse("{" + MESSAGES + ",\"max_tokens\":9,\"max_completion_tokens\":5}").maxTokens())
        .isEqualTo(OptionalInt.of(5));
  }

  @Test
  void countsAQuarterOfTheCharactersOfTextsAndTextParts() throws ApiException {
    String text = "x".repeat(40);
    ChatRequest request =
        parse(
            """
            {"messages":[{"role":"system","content":"%s"},{"role":"assistant","content":null},
             {"role":"user","content":[{"type":"text","text":"%s"},{"type":"image_url"}]}]}"""
                .formatted(text, text));
    assertThat(request.promptTokens()).isEqualTo(20);
  }

  @Test
  void countsAtLeastOneToken() throws ApiException {
    assertThat(parse("{\"messages\":[{\"role\":\"user\",\"content\":\"\"}]}").promptTokens())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{",
        "{} {}",
        "{}",
        "{\"messages\":null}",
        "{\"messages\":[]}",
        "{\"messages\":\"hello\"}",
        "{\"messages\":[\"hello\"]}",
        "{\"messages\":[{\"content\":\"hello\"}]}"
      })
  void rejectsABodyWithoutMessages(String body) {
    assertThatExceptionOfType(ApiException.class).isThrownBy(() -> parse(body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"model\":1",
        "\"stream\":\"yes\"",
        "\"max_tokens\":0",
        "\"max_tokens\":1.5",
        "\"max_tokens\":\"9\"",
        "\"max_completion_tokens\":99999999999",
        "\"stream_options\":{\"include_usage\":1}"
      })
  void rejectsAFieldOfTheWrongType(String field) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> parse("{" + MESSAGES + "," + field + "}"));
  }

  private static ChatRequest parse(String body) throws ApiException {
    return ChatRequest.parse(Unpooled.copiedBuffer(body, UTF_8));
  }
}
