package io.tidegate.http.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.engine.quota.TierQuotas;
import io.tidegate.http.OnEachTransport;
import io.tidegate.http.RawClient;
import io.tidegate.http.TestGate;
import io.tidegate.http.config.admission.TierConfig;
import io.tidegate.http.config.admission.TierTerms;
import io.tidegate.http.config.admission.limit.LimitConfig;
import java.time.Duration;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A request that waits for a seat: it gets one, gives up, is told in time, or leaves. */
@OnEachTransport
class WaitingTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String SLOW = "x-backend-script: token-ms=500,output-tokens=1000\r\n";

  private TestGate gate;
  private RawClient running;

  /** One seat, which a stream of minutes has. */
  @BeforeEach
  void start() {
    TierConfig tiers =
        TierConfig.defaults()
            .withTerms("plus", waiting(Duration.ofSeconds(60)))
            .withTerms("free", waiting(Duration.ofMillis(200)));
    gate =
        TestGate.start(
            UnaryOperator.identity(),
            config -> config.withLimit(LimitConfig.fixed(1).withReserve(0)).withTiers(tiers));
    running = ask(TestGate.PLUS, 1_000, SLOW);
    running.readUntil("t1\"");
  }

  @AfterEach
  void stop() {
    running.close();
    gate.close();
  }

  private static TierTerms waiting(Duration longest) {
    return new TierTerms(TierQuotas.unlimited(), longest, longest);
  }

  @Test
  void getsTheSeatThatComesFreeAndIsToldHowLongItWaited() {
    try (RawClient waiting = ask(TestGate.PLUS, 2, "")) {
      awaitQueue("plus", 1);
      running.close();
      String answer = waiting.readUntil("[DONE]").toLowerCase(Locale.ROOT);
      assertThat(answer).startsWith("http/1.1 200 ").contains("x-tidegate-queue-ms: ");
      assertThat(answer).contains("x-tidegate-class: plus-continuing\r\n");
    }
    awaitBooks();
    assertThat(gate.metric("tidegate_queue_wait_seconds_count", "plus")).isEqualTo(1);
  }

  @Test
  void isToldWhenItHasWaitedAsLongAsItsClassMay() {
    try (RawClient waiting = ask(TestGate.FREE, 2, "")) {
      String answer = waiting.readAnswer().toLowerCase(Locale.ROOT);
      assertThat(answer)
          .startsWith("http/1.1 503 ")
          .contains("x-tidegate-reason: queue-timeout\r\n")
          .contains("x-should-retry: true\r\n")
          .contains("retry-after: ")
          .contains("x-tidegate-queue-ms: ");
      waiting.send(RawClient.chatRequest(TestGate.NEW, TestGate.ask(1, true), ""));
      assertThat(waiting.readAnswer())
          .as("the connection is kept; a new subscriber's opening does not wait")
          .contains("no-room");
    }
  }

  @Test
  void leavesNothingBehindWhenItsClientLeaves() {
    for (int i = 0; i < 20; i++) {
      RawClient waiting = ask(TestGate.PLUS, 2, i % 4 == 1 ? "Connection: close\r\n" : "");
      awaitQueue("plus", 1);
      if (i % 2 == 0) {
        waiting.close();
      } else {
        waiting.reset();
      }
      awaitQueue("plus", 0);
    }
    assertThat(gate.metric("tidegate_left_queue_total", "plus")).isEqualTo(20);
    assertThat(gate.inflightSeats()).isEqualTo(1);
    awaitBooks();
  }

  /** Whoever leaves at the moment at which a seat comes free must not keep it. */
  @Test
  void givesASeatBackThatComesWhileItsClientLeaves() {
    for (int i = 0; i < 30; i++) {
      RawClient waiting = ask(TestGate.PLUS, 1_000, SLOW);
      awaitQueue("plus", 1);
      running.reset();
      waiting.reset();
      await().atMost(PATIENCE).until(() -> gate.inflightSeats() == 0);
      running = ask(TestGate.PLUS, 1_000, SLOW);
      running.readUntil("t1\"");
    }
    awaitBooks();
  }

  @Test
  void keepsItsPlaceWhileTheGateDrains() {
    try (RawClient waiting = ask(TestGate.PLUS, 2, "")) {
      awaitQueue("plus", 1);
      gate.frontend().drain(PATIENCE);
      running.close();
      assertThat(waiting.readUntil("[DONE]")).startsWith("HTTP/1.1 200 ");
    }
    assertThat(gate.frontend().drained().toCompletableFuture().join().cut()).isZero();
  }

  @Test
  void isToldWhenTheDrainsDeadlineEndsItsWait() {
    try (RawClient waiting = ask(TestGate.PLUS, 2, "")) {
      awaitQueue("plus", 1);
      gate.frontend().drain(Duration.ZERO);
      assertThat(waiting.readToEnd()).startsWith("HTTP/1.1 503 ").contains("\"draining\"");
    }
    awaitBooks();
  }

  private RawClient ask(String key, int tokens, String headers) {
    return gate.connect().send(RawClient.chatRequest(key, TestGate.ask(tokens, true), headers));
  }

  private void awaitQueue(String tier, int length) {
    await().atMost(PATIENCE).until(() -> gate.metric("tidegate_queue_length", tier) == length);
  }

  /** Offered is what became of it, and nothing waits. */
  private void awaitBooks() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(gate.metric("tidegate_queue_length")).isZero();
              assertThat(gate.metric("tidegate_offered_total"))
                  .isEqualTo(
                      gate.metric("tidegate_admitted_total")
                          + gate.metric("tidegate_refused_total")
                          + gate.metric("tidegate_left_queue_total"));
            });
  }
}
