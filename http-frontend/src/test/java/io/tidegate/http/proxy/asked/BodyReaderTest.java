package io.tidegate.http.proxy.asked;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read out of a request's JSON, and what is not. */
class BodyReaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"stream\":true}",
        "{ \"stream\" : true }",
        "{\"messages\":[{\"stream\":false}],\"stream\":true}",
        "{\"stream\":false,\"stream\":true}",
        "{\"temperature\":NaN,\"stream\":true}",
        "{\"a\":{\"b\":[1,{\"c\":2}]},\"stream\":true,\"never\" read"
      })
  void isAStreamAtTheTop(String body) {
    assertThat(read(body).streamed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"stream\":false}",
        "{\"stream\":\"true\"}",
        "{\"stream\":null}",
        "{\"messages\":[{\"stream\":true}]}",
        "{\"text\":\"\\\"stream\\\":true\"}",
        "[{\"stream\":true}]",
        "{\"Stream\":true}",
        "{\"a\":",
        "stream=true"
      })
  void isNoStreamElsewhere(String body) {
    assertThat(read(body).streamed()).isFalse();
  }

  /** As deep as a body of megabytes may be; a parser that calls itself would not come back. */
  @ParameterizedTest
  @ValueSource(strings = {"a", "messages", "tools", "conversation"})
  void isUnreadableBelowAMillionBrackets(String member) {
    assertThat(read("{\"" + member + "\":" + "[".repeat(1_000_000)).readable()).isFalse();
    assertThat(read("{\"" + member + "\":" + "{\"a\":".repeat(1_000_000)).readable()).isFalse();
    assertThat(read("{\"tools\":[" + "{\"function\":".repeat(1_000_000)).readable()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      nullValues = "-",
      textBlock =
          """
          {"max_tokens":7}                                | 7
          {"max_completion_tokens":7,"max_tokens":5}      | 7
          {"max_output_tokens":4000.0}                    | 4000
          {"max_tokens":99999999999999999999999999}       | 2147483647
          {"max_tokens":-1}                               | -
          {"max_tokens":"7"}                              | -
          {"max_tokens":null}                             | -
          {"a":{"max_tokens":7}}                          | -
          """)
  void findsTheLongestAnswerThatIsAllowed(String body, Integer tokens) {
    assertThat(read(body).maxTokens().isPresent()).isEqualTo(tokens != null);
    assertThat(read(body).maxTokens().orElse(0)).isEqualTo(tokens == null ? 0 : tokens);
  }

  @Test
  void findsToolsByTypeAndFunctionsByName() {
    BodyFacts facts =
        read(
            """
            {"model":"m","tools":[
              {"type":"code_interpreter","container":{"type":"auto"}},
              {"type":"function","function":{"name":"look_up","parameters":{"name":"no","type":"object"}}},
              {"type":"function","name":"add","parameters":{"properties":{"type":"not"}}},
              7],
             "functions":[{"name":"old"}],"model":"n","x":[{"type":"no"}]}""");
    assertThat(facts.tools())
        .containsExactlyInAnyOrder("code_interpreter", "look_up", "add", "old");
    assertThat(facts.model()).isEqualTo("n");
    assertThat(facts.readable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"messages\":[{\"content\":[{\"type\":\"text\"},{\"type\":\"image_url\"}]}]}",
        "{\"input\":[{\"content\":[{\"image\":1,\"type\":\"input_image\"}]}],\"a\":1}",
        "{\"messages\":[{\"type\":{\"a\":[]}},{\"content\":[{\"type\":\"image\"}]}]}"
      })
  void seesPictures(String body) {
    assertThat(read(body).imageInput()).isTrue();
    assertThat(read(body).readable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"messages\":[{\"content\":\"image_url\",\"a\":{\"type\":\"text\"}}]}",
        "{\"messages\":\"image_url\"}",
        "{\"metadata\":{\"type\":\"image_url\"}}",
        "{\"messages\":[{\"content\":\"{\\\"type\\\":\\\"image_url\\\"}\"}]}"
      })
  void seesNoPictureInText(String body) {
    assertThat(read(body).imageInput()).isFalse();
  }

  @Test
  void findsNamesOfSessionsAsTextOrById() {
    BodyFacts facts =
        read(
            "{\"conversation\":{\"a\":{\"id\":\"no\"},\"id\":\"conv_1\"},"
                + "\"prompt_cache_key\":\"k\",\"user\":\"u\",\"stream\":true}");
    assertThat(facts.names())
        .containsOnlyKeys("conversation", "prompt_cache_key")
        .containsEntry("conversation", "conv_1")
        .containsEntry("prompt_cache_key", "k");
    assertThat(facts.streamed()).isTrue();
  }

  private static BodyFacts read(String body) {
    return BodyReader.read(
        ByteString.fromString(body), Set.of("conversation", "prompt_cache_key", "a"));
  }
}
