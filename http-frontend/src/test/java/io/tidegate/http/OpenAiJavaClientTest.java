package io.tidegate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.InternalServerException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import io.tidegate.http.config.LimitConfig;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
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
    assertThat(through.choices().get(0).finishReason())
        .isEqualTo(straight.choices().get(0).finishReason());
    assertThat(stream(client, ask(7).build())).isEqualTo(stream(direct, ask(7).build()));
    direct.close();
  }

  @Test
  void streamsTokensInOrderWithUsageAtTheEnd() {
    ChatCompletionStreamOptions usage =
        ChatCompletionStreamOptions.builder().includeUsage(true).build();
    List<ChatCompletionChunk> chunks = chunks(client, ask(5).streamOptions(usage).build());
    assertThat(content(chunks)).isEqualTo(" t1 t2 t3 t4 t5");
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
    assertThat(refusal.code()).contains("invalid_api_key");
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

  @Test
  void triesAgainWhenItIsToldTo() {
    try (TestGate full = full()) {
      OpenAIClient newcomer = client(full.url(), TestGate.NEW);
      full.frontend().drain(Duration.ofSeconds(30));
      InternalServerException refusal = refusal(newcomer);
      assertThat(refusal.statusCode()).isEqualTo(503);
      assertThat(refusal.code()).contains("draining");
      assertThat(full.metric("tidegate_offered_total", "new"))
          .as("once, and twice more")
          .isEqualTo(3);
      newcomer.close();
    }
  }

  @Test
  void doesNotTryAgainWhenItIsToldNotTo() {
    double before = gate.metric("tidegate_offered_total", "plus");
    OpenAIServiceException refusal =
        catchThrowableOfType(
            OpenAIServiceException.class,
            () ->
                client
                    .chat()
                    .completions()
                    .create(ask(1).addUserMessage("x".repeat(33 * 1024 * 1024)).build()));
    assertThat(refusal.statusCode()).isEqualTo(413);
    assertThat(gate.metric("tidegate_offered_total", "plus")).isEqualTo(before + 1);
  }

  private static InternalServerException refusal(OpenAIClient newcomer) {
    return catchThrowableOfType(
        InternalServerException.class, () -> newcomer.chat().completions().create(ask(1).build()));
  }

  private static TestGate full() {
    return TestGate.start(
        UnaryOperator.identity(),
        config -> config.withLimit(new LimitConfig(OptionalInt.of(1), 0)));
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
