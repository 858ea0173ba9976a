package io.tidegate.loadtest.backend;

import static io.tidegate.loadtest.backend.JsonClient.COMPLETIONS;
import static io.tidegate.loadtest.backend.JsonClient.MESSAGES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamShapeTest {

  private final ChatBackend backend =
      ChatBackend.start(BackendSettings.defaults().withFirstTokenMillis(0).withTokenMillis(0));
  private final JsonClient client = new JsonClient(backend);

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void sendsRoleTokensFinishAndDone() throws Exception {
    HttpResponse<String> response =
        client.scripted(
            "output-tokens=2", "{\"model\":\"a\\\"b\",\"stream\":true," + MESSAGES + "}");
    assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
    List<JsonNode> chunks = chunks(response);
    assertThat(chunks)
        .extracting(chunk -> chunk.at("/choices/0").toString())
        .containsExactly(
            choice("{\"role\":\"assistant\",\"content\":\"\"}", "null"),
            choice("{\"content\":\" t1\"}", "null"),
            choice("{\"content\":\" t2\"}", "null"),
            choice("{}", "\"stop\""));
    assertThat(chunks)
        .allSatisfy(
            chunk -> {
              assertThat(chunk.at("/id").textValue())
                  .startsWith("chatcmpl-")
                  .isEqualTo(chunks.get(0).at("/id").textValue());
              assertThat(chunk.at("/object").textValue()).isEqualTo("chat.completion.chunk");
              assertThat(chunk.at("/created").isIntegralNumber()).isTrue();
              assertThat(chunk.at("/model").textValue()).isEqualTo("a\"b");
              assertThat(chunk.has("usage")).isFalse();
            });
  }

  @Test
  void addsAChunkOfUsageOnlyWhenAsked() throws Exception {
    List<JsonNode> chunks =
        chunks(
            client.post(
                COMPLETIONS,
                "{\"stream\":true,\"stream_options\":{\"include_usage\":true},\"max_tokens\":1,"
                    + MESSAGES
                    + "}"));
    assertThat(chunks).hasSize(4);
    assertThat(chunks.subList(0, 3)).allMatch(chunk -> chunk.path("usage").isNull());
    assertThat(chunks.get(2).at("/choices/0/finish_reason").textValue()).isEqualTo("length");
    assertThat(chunks.get(3).path("choices")).isEmpty();
    assertThat(chunks.get(3).path("usage").toString())
        .isEqualTo("{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}");
  }

  @Test
  void numbersEveryTokenOfALongStream() throws Exception {
    List<JsonNode> chunks =
        chunks(client.scripted("output-tokens=20000", "{\"stream\":true," + MESSAGES + "}"));
    assertThat(chunks.subList(1, 20_001))
        .extracting(chunk -> chunk.at("/choices/0/delta/content").textValue())
        .isEqualTo(IntStream.rangeClosed(1, 20_000).mapToObj(n -> " t" + n).toList());
  }

  @Test
  void padsTokensToTheScriptedLength() throws Exception {
    List<JsonNode> chunks =
        chunks(
            client.scripted(
                "output-tokens=10,token-bytes=100", "{\"stream\":true," + MESSAGES + "}"));
    assertThat(chunks.get(1).at("/choices/0/delta/content").textValue())
        .hasSize(100)
        .matches(" t1\\.+");
    assertThat(chunks.get(10).at("/choices/0/delta/content").textValue())
        .hasSize(100)
        .matches(" t10\\.+");
  }

  @Test
  void answersPipelinedRequestsOneAfterTheOther() throws Exception {
    String twice =
        RawRequest.completion("output-tokens=2,token-ms=20", true)
            + RawRequest.completion("output-tokens=1", true);
    try (RawRequest request = RawRequest.of(backend, twice)) {
      assertThat(request.readUntil("[DONE]")).contains(" t1\"", " t2\"");
      assertThat(request.readUntil("[DONE]")).contains(" t1\"").doesNotContain(" t2\"");
    }
  }

  @Test
  void drawsTheSameLengthsFromTheSameSeed() throws Exception {
    assertThat(lengthsWithSeed(5)).isEqualTo(lengthsWithSeed(5)).isNotEqualTo(lengthsWithSeed(6));
  }

  private static List<Integer> lengthsWithSeed(long seed) throws Exception {
    BackendSettings settings =
        BackendSettings.defaults().withFirstTokenMillis(0).withTokenMillis(0).withSeed(seed);
    List<Integer> lengths = new ArrayList<>();
    try (ChatBackend seeded = ChatBackend.start(settings)) {
      for (int i = 0; i < 3; i++) {
        var answer = new JsonClient(seeded).post(COMPLETIONS, "{" + MESSAGES + "}");
        lengths.add(JsonClient.json(answer).at("/usage/completion_tokens").intValue());
      }
    }
    return lengths;
  }

  private static String choice(String delta, String finishReason) {
    return "{\"index\":0,\"delta\":%s,\"logprobs\":null,\"finish_reason\":%s}"
        .formatted(delta, finishReason);
  }

  /** The events before the last, which must be the end mark. */
  private static List<JsonNode> chunks(HttpResponse<String> response) throws IOException {
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).endsWith("\n\ndata: [DONE]\n\n");
    List<String> all = List.of(response.body().split("\n\n", -1));
    List<JsonNode> chunks = new ArrayList<>();
    for (String event : all.subList(0, all.size() - 2)) {
      assertThat(event).startsWith("data: ");
      chunks.add(JsonClient.json(event.substring("data: ".length())));
    }
    return chunks;
  }
}
