package io.tidegate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.Sleeper;
import com.openai.errors.InternalServerException;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.tidegate.http.config.admission.limit.LimitConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What OpenAI's own client makes of the gate's advice on trying again. Its tries are counted at the
 * gate; its pauses are noted instead of slept.
 */
class OpenAiRetriesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String TAKES_FOREVER = "x-backend-script: first-token-ms=600000\r\n";

  /** So long that what is left after jitter is still no short wait. */
  private static final String TAKES_TWELVE_SECONDS =
      "x-backend-script: first-token-ms=12000,output-tokens=1\r\n";

  private final Pauses pauses = new Pauses();
  private TestGate gate;
  private OpenAIClient newcomer;
  private RawClient established;

  @BeforeEach
  void startWithOneSeat() {
    gate =
        TestGate.start(
            UnaryOperator.identity(),
            config -> config.withLimit(LimitConfig.fixed(1).withReserve(0)));
    newcomer =
        OpenAIOkHttpClient.builder()
            .baseUrl(gate.url() + "/v1")
            .apiKey(TestGate.NEW)
            .sleeper(pauses)
            .build();
    established = gate.connect();
  }

  @AfterEach
  void stop() {
    established.close();
    newcomer.close();
    gate.close();
  }

  @Test
  void triesTwiceMoreWhenARoomMayBeFreeSoon() {
    takeTheSeat();
    pauses.areTaken = true; // who comes back before their time is told not to
    OpenAIServiceException refusal = refusal("output-tokens=1");
    assertThat(refusal).isInstanceOf(InternalServerException.class);
    assertThat(refusal.statusCode()).isEqualTo(503);
    assertThat(refusal.type()).contains("service_unavailable_error");
    assertThat(refusal.code()).contains("server_is_overloaded");
    assertThat(refusal.param()).isEmpty();
    assertThat(refusal).hasMessageContaining("at capacity");
    assertThat(refusal.headers().values("x-should-retry")).containsExactly("true");
    assertThat(offered()).isEqualTo(3);
    assertThat(pauses.taken)
        .as("a second, give or take a fifth, rounded up")
        .hasSize(2)
        .isSubsetOf(Duration.ofSeconds(1), Duration.ofSeconds(2));
  }

  @Test
  void triesOnceWhenNoRoomWillBeFreeSoon() {
    established.send(ask(TAKES_TWELVE_SECONDS)).readUntil("[DONE]");
    takeTheSeat();
    OpenAIServiceException refusal = refusal("output-tokens=1");
    assertThat(refusal.code()).contains("server_is_overloaded");
    assertThat(refusal.headers().values("x-should-retry")).containsExactly("false");
    assertThat(offered()).isEqualTo(1);
    assertThat(pauses.taken).isEmpty();
  }

  @Test
  void triesTwiceMoreASecondApartWhileTheGateDrains() {
    gate.frontend().drain(PATIENCE);
    OpenAIServiceException refusal = refusal("output-tokens=1");
    assertThat(refusal.statusCode()).isEqualTo(503);
    assertThat(refusal.code()).contains("draining");
    assertThat(offered()).isEqualTo(3);
    assertThat(gate.metric("tidegate_refused_total", "new", "draining")).isEqualTo(3);
    assertThat(pauses.taken).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));
  }

  @Test
  void hearsTheUpstreamsOwnAdviceWhichTheGateKeepsTo() {
    OpenAIServiceException refusal = refusal("status=429,retry-after=7");
    assertThat(refusal.code()).contains("no_upstream");
    assertThat(gate.outcomes("upstream-busy")).isEqualTo(1);
    assertThat(gate.metric("tidegate_refused_total", "no-upstream")).isEqualTo(2);
    assertThat(pauses.taken)
        .hasSize(2)
        .startsWith(Duration.ofSeconds(7))
        .allMatch(pause -> pause.compareTo(Duration.ofSeconds(7)) <= 0);
  }

  private void takeTheSeat() {
    established.send(ask(TAKES_FOREVER));
    await().atMost(PATIENCE).until(() -> gate.inflightSeats() == 1);
  }

  private static String ask(String script) {
    return RawClient.chatRequest(TestGate.PLUS, TestGate.ask(10, true), script);
  }

  private OpenAIServiceException refusal(String script) {
    ChatCompletionCreateParams params =
        ChatCompletionCreateParams.builder()
            .model("simulated-chat")
            .addUserMessage("Tell me about tides.")
            .putAdditionalHeader("x-backend-script", script)
            .build();
    return catchThrowableOfType(
        OpenAIServiceException.class, () -> newcomer.chat().completions().create(params));
  }

  private double offered() {
    return gate.metric("tidegate_offered_total", "new");
  }

  private static final class Pauses implements Sleeper {

    private final List<Duration> taken = new CopyOnWriteArrayList<>();

    /** Whether the client's pauses last as long as it wishes, or no time at all. */
    private volatile boolean areTaken;

    @Override
    public void sleep(Duration duration) {
      taken.add(duration);
      if (areTaken) {
        await().pollDelay(duration).atMost(duration.plus(PATIENCE)).until(() -> true);
      }
    }

    @Override
    public CompletableFuture<Void> sleepAsync(Duration duration) {
      taken.add(duration);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}
  }
}
