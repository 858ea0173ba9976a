package io.tidegate.loadtest.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.NotFoundException;
import com.openai.errors.RateLimitException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.models.Model;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** OpenAI's own client takes the backend for the real thing. */
class OpenAiSdkTest {

  private static final String MODEL = "demo-model";

  private final ChatBackend backend =
      ChatBackend.start(
          BackendSettings.defaults()
              .withFirstTokenMillis(0)
              .withTokenMillis(0)
              .withModels(List.of(MODEL)));

  private final OpenAIClient client =
      OpenAIOkHttpClient.builder()
          .baseUrl(backend.url() + "/v1")
          .apiKey("any")
          .maxRetries(0)
          .responseValidation(true)
          .build();

  @AfterEach
  void close() {
    client.close();
    backend.close();
  }

  @Test
  void completesAChat() {
    ChatCompletion answer =
        client.chat().completions().create(chat().maxCompletionTokens(3).build());
    assertThat(answer.model()).isEqualTo(MODEL);
    assertThat(answer.choices().get(0).message().content()).contains(" t1 t2 t3");
    assertThat(answer.choices().get(0).finishReason())
        .isEqualTo(ChatCompletion.Choice.FinishReason.LENGTH);
    assertThat(answer.usage().orElseThrow().completionTokens()).isEqualTo(3);
  }

  @Test
  void streamsAChat() {
    ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
    ChatCompletionCreateParams params =
        chat()
            .putAdditionalHeader("x-backend-script", "output-tokens=4")
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();
    try (StreamResponse<ChatCompletionChunk> chunks =
        client.chat().completions().createStreaming(params)) {
      chunks.stream().forEach(whole::accumulate);
    }
    ChatCompletion answer = whole.chatCompletion();
    assertThat(answer.choices().get(0).message().content()).contains(" t1 t2 t3 t4");
    assertThat(answer.choices().get(0).finishReason())
        .isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
    assertThat(answer.usage().orElseThrow().completionTokens()).isEqualTo(4);
  }

  @Test
  void listsAndFindsModels() {
    assertThat(client.models().list().data()).extracting(Model::id).containsExactly(MODEL);
    assertThat(client.models().retrieve(MODEL).id()).isEqualTo(MODEL);
  }

  @Test
  void meetsErrorsAsTheTypesItKnows() {
    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> client.chat().completions().create(chat().model("other").build()))
        .satisfies(error -> assertThat(error.code()).contains("model_not_found"));
    assertThatExceptionOfType(RateLimitException.class)
        .isThrownBy(
            () ->
                client
                    .chat()
                    .completions()
                    .create(chat().putAdditionalHeader("x-backend-script", "status=429").build()));
  }

  private static ChatCompletionCreateParams.Builder chat() {
    return ChatCompletionCreateParams.builder().model(MODEL).addUserMessage("hello");
  }
}
