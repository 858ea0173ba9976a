package io.tidegate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** LangChain4j, as it comes, with the backend and through the gate. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LangChainClientTest {

  private static final ChatRequest ASK =
      ChatRequest.builder().messages(UserMessage.from("Tell me about tides.")).build();

  private TestGate gate;

  @BeforeAll
  void start() {
    gate = TestGate.start();
  }

  @AfterAll
  void stop() {
    gate.close();
  }

  private static OpenAiChatModel model(String url, String key, Map<String, String> headers) {
    return OpenAiChatModel.builder()
        .baseUrl(url + "/v1")
        .apiKey(key)
        .modelName("simulated-chat")
        .maxTokens(7)
        .maxRetries(0)
        .customHeaders(headers)
        .build();
  }

  /** Every piece of a stream as the client hands it on, and what it makes of them in the end. */
  private static List<Object> stream(String url, String key, ChatRequest request) throws Exception {
    List<Object> events = new ArrayList<>();
    CompletableFuture<ChatResponse> end = new CompletableFuture<>();
    OpenAiStreamingChatModel.builder()
        .baseUrl(url + "/v1")
        .apiKey(key)
        .modelName("simulated-chat")
        .maxTokens(7)
        .build()
        .chat(
            request,
            new StreamingChatResponseHandler() {
              @Override
              public void onPartialResponse(String piece) {
                events.add(piece);
              }

              @Override
              public void onCompleteResponse(ChatResponse whole) {
                end.complete(whole);
              }

              @Override
              public void onError(Throwable failure) {
                end.completeExceptionally(failure);
              }
            });
    ChatResponse whole = end.get(30, TimeUnit.SECONDS);
    events.add(whole.aiMessage());
    events.add(whole.finishReason());
    events.add(String.valueOf(whole.tokenUsage()));
    return events;
  }

  @Test
  void getsTheSameAnswerAsWithoutTheGate() {
    ChatResponse through = model(gate.url(), TestGate.PLUS, Map.of()).chat(ASK);
    ChatResponse straight = model(gate.backend().url(), "any", Map.of()).chat(ASK);
    assertThat(through.aiMessage()).isEqualTo(straight.aiMessage());
    assertThat(through.aiMessage().text()).isEqualTo(" t1 t2 t3 t4 t5 t6 t7");
    assertThat(through.finishReason()).isEqualTo(straight.finishReason());
    assertThat(through.tokenUsage()).hasToString(straight.tokenUsage().toString());
  }

  @Test
  void getsTheSameEventsAsWithoutTheGate() throws Exception {
    ChatRequest tools =
        ASK.toBuilder()
            .toolSpecifications(ToolSpecification.builder().name("tide_at").build())
            .build();
    ChatRequest image =
        ChatRequest.builder()
            .messages(
                UserMessage.from(
                    TextContent.from("What is this?"),
                    ImageContent.from("A".repeat(400_000), "image/png")))
            .build();
    for (ChatRequest request : List.of(ASK, tools, image)) {
      List<Object> through = stream(gate.url(), TestGate.PLUS, request);
      assertThat(through).isEqualTo(stream(gate.backend().url(), "any", request));
      assertThat(through).startsWith(" t1", " t2").hasSize(7 + 3);
    }
  }

  @Test
  void understandsABadKeyAndTheUpstreamsOwn429() {
    assertThatThrownBy(() -> model(gate.url(), "nobody", Map.of()).chat(ASK))
        .isInstanceOf(AuthenticationException.class);
    Map<String, String> script = Map.of("x-backend-script", "status=429");
    assertThatThrownBy(() -> model(gate.url(), TestGate.PLUS, script).chat(ASK))
        .isInstanceOf(RateLimitException.class);
    assertThatThrownBy(() -> model(gate.backend().url(), "any", script).chat(ASK))
        .isInstanceOf(RateLimitException.class);
  }
}
