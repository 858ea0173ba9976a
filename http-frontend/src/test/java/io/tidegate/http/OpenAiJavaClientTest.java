package io.tidegate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** OpenAI's own client for Java, as it comes, through the gate. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenAiJavaClientTest {

  private TestGate gate;
  private OpenAIClient client;

  @BeforeAll
  void start() {
    gate = TestGate.start();
    client = client(gate.url(), TestGate.PLUS);
  }

  @AfterAll
  void stop() {
    client.close();
    gate.close();
  }

  @Test
  void getsTheSameAnswerAsWithoutTheGate() {
    OpenAIClient direct = client(gate.backend().url(), "any");
    ChatCompletion through = client.chat().completions().create(ask(7).build());
    ChatCompletion straight = direct.chat().completions().create(ask(7).build());
    assertThat(text(through)).isEqualTo(text(straight)).isEqualTo(" t1 t2 t3 t4 t5 t6 t7");
    assertThat(through.usage()).isEqualTo(straight.usage()).isPresent();
    assertThat(through.choices()).isEqualTo(straight.choices());
    assertThat(through.choices().get(0).finishReason())
        .isEqualTo(ChatCompletion.Choice.FinishReason.LENGTH);
    direct.close();
  }

  @Test
  void getsTheSameStreamAsWithoutTheGate() {
    OpenAIClient direct = client(gate.backend().url(), "any");
    assertThat(stream(client, ask(7).build()))
        .isEqualTo(stream(direct, ask(7).build()))
        .isEqualTo(" t1 t2 t3 t4 t5 t6 t7");
    direct.close();
  }

  @Test
  void streamsTokensInOrderWithUsageAtTheEnd() {
    ChatCompletionStreamOptions usage =
        ChatCompletionStreamOptions.builder().includeUsage(true).build();
    List<ChatCompletionChunk> chunks = chunks(client, ask(5).streamOptions(usage).build());
    assertThat(content(chunks)).isEqualTo(" t1 t2 t3 t4 t5");
    assertThat(chunks)
        .flatMap(ChatCompletionChunk::choices)
        .extracting(ChatCompletionChunk.Choice::finishReason)
        .containsOnlyOnce(Optional.of(ChatCompletionChunk.Choice.FinishReason.LENGTH));
    assertThat(chunks.get(chunks.size() - 1).usage().orElseThrow().completionTokens()).isEqualTo(5);
  }

  @Test
  void readsTheModels() {
    assertThat(client.models().list().data()).isNotEmpty();
    String id = client.models().list().data().get(0).id();
    assertThat(client.models().retrieve(id).id()).isEqualTo(id);
  }

  @Test
  void understandsABadKey() {
    OpenAIClient stranger = client(gate.url(), "nobody");
    UnauthorizedException refusal =
        catchThrowableOfType(
            UnauthorizedException.class,
            () -> stranger.chat().completions().create(ask(1).build()));
    assertThat(refusal.statusCode()).isEqualTo(401);
    assertThat(refusal.type()).contains("invalid_request_error");
    assertThat(refusal.code()).contains("invalid_api_key");
    assertThat(refusal).hasMessageContaining("API key");
    stranger.close();
  }

  @Test
  void understandsTheUpstreamsOwn429() {
    ChatCompletionCreateParams scripted =
        ask(1).putAdditionalHeader("x-backend-script", "status=429").build();
    OpenAIClient once = client.withOptions(options -> options.maxRetries(0));
    RateLimitException refusal =
        catchThrowableOfType(
            RateLimitException.class, () -> once.chat().completions().create(scripted));
    assertThat(refusal.statusCode()).isEqualTo(429);
  }

  @Test
  void tellsAStreamThatBrokeFromOneThatEnded() {
    ChatCompletionCreateParams scripted =
        ask(50).putAdditionalHeader("x-backend-script", "close-after=3,token-ms=20").build();
    assertThat(catchThrowableOfType(RuntimeException.class, () -> stream(client, scripted)))
        .isNotNull();
  }

  private static OpenAIClient client(String url, String key) {
    return OpenAIOkHttpClient.builder().baseUrl(url + "/v1").apiKey(key).build();
  }

  private static ChatCompletionCreateParams.Builder ask(long tokens) {
    return ChatCompletionCreateParams.builder()
        .model("simulated-chat")
        .addUserMessage("Tell me about tides.")
        .maxCompletionTokens(tokens);
  }

  private static String text(ChatCompletion completion) {
    return completion.choices().get(0).message().content().orElseThrow();
  }

  private static String stream(OpenAIClient asking, ChatCompletionCreateParams params) {
    return content(chunks(asking, params));
  }

  private static List<ChatCompletionChunk> chunks(
      OpenAIClient asking, ChatCompletionCreateParams params) {
    try (StreamResponse<ChatCompletionChunk> stream =
        asking.chat().completions().createStreaming(params)) {
      return stream.stream().toList();
    }
  }

  private static String content(List<ChatCompletionChunk> chunks) {
    StringBuilder text = new StringBuilder();
    for (ChatCompletionChunk chunk : chunks) {
      chunk.choices().forEach(choice -> choice.delta().content().ifPresent(text::append));
    }
    return text.toString();
  }
}
