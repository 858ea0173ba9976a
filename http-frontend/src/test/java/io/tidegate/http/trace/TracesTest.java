package io.tidegate.http.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.http.RawClient;
import io.tidegate.http.TestGate;
import io.tidegate.http.config.admission.limit.LimitConfig;
import io.tidegate.http.config.trace.TracingConfig;
import io.tidegate.http.trace.OtlpReceiver.ReceivedSpan;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The spans that requests to a gate leave, as a collector gets them. */
@Timeout(120)
class TracesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";

  private OtlpReceiver collector;

  @BeforeEach
  void start() throws Exception {
    collector = new OtlpReceiver();
  }

  @AfterEach
  void stop() {
    collector.close();
  }

  @Test
  void aServedRequestIsASpanOfTheClientsTraceAndTheParentOfTheUpstreams() throws Exception {
    try (TestGate gate = gate(tracing())) {
      ask(gate, TestGate.PLUS, "traceparent: 00-" + TRACE + "-" + PARENT + "-01\r\n");
      ReceivedSpan span = one();

      assertThat(span.traceId()).isEqualTo(TRACE);
      assertThat(span.parentId()).isEqualTo(PARENT);
      assertThat(span.name()).startsWith("chat");
      assertThat(span.attributes())
          .containsEntry("gen_ai.operation.name", "chat")
          .containsEntry("tidegate.tier", "plus")
          .containsEntry("tidegate.decision", "admitted")
          .containsEntry("tidegate.upstream", "sim")
          .containsEntry("tidegate.outcome", "served")
          .containsKeys("gen_ai.request.model", "tidegate.request_id", "url.path")
          .doesNotContainKey("error.type");
      assertThat(span.attributes().toString()).doesNotContain(TestGate.PLUS, "patricia", "Hello");
      String upstreams = gate.lastRequest().findValue("traceparent").asText();
      assertThat(upstreams).isEqualTo("00-" + TRACE + "-" + span.spanId() + "-01");
    }
  }

  @Test
  void aRefusedRequestIsASpanWithItsReason() throws Exception {
    try (TestGate gate = gate(tracing())) {
      ask(gate, "tg-nobody", "");
      assertThat(one().attributes())
          .containsEntry("tidegate.decision", "refused")
          .containsEntry("tidegate.reason", "unknown-caller")
          .containsEntry("error.type", "unknown-caller");
    }
  }

  @Test
  void aTraceThatItsOwnerDoesNotKeepLeavesNoSpanAndIsHandedOn() throws Exception {
    try (TestGate gate = gate(tracing())) {
      ask(gate, TestGate.PLUS, "traceparent: 00-" + TRACE + "-" + PARENT + "-00\r\n");
      assertThat(gate.lastRequest().findValue("traceparent").asText())
          .startsWith("00-" + TRACE + "-")
          .endsWith("-00");
    }
    assertThat(collector.spans()).isEmpty(); // the gate has sent what there was when it closed
  }

  @Test
  void nothingIsSentWhereNoEndpointIsNamed() throws Exception {
    String client = "00-" + TRACE + "-" + PARENT + "-01";
    try (TestGate gate = gate(TracingConfig.off())) {
      ask(gate, TestGate.PLUS, "traceparent: " + client + "\r\n");
      assertThat(gate.lastRequest().findValue("traceparent").asText()).isEqualTo(client);
    }
    assertThat(collector.spans()).isEmpty();
  }

  @Test
  void exportsShowTheConfiguredHeaders() throws Exception {
    TracingConfig keyed =
        new TracingConfig(
            tracing().otlpEndpoint(), Map.of("x-key", "open-sesame"), 1, "gate", 2_048);
    try (TestGate gate = gate(keyed)) {
      ask(gate, TestGate.PLUS, "");
      one();
    }
    assertThat(collector.keys()).contains("open-sesame");
  }

  @Test
  void spansThatTheCollectorRefusesAreCountedAndNobodyWaits() throws Exception {
    collector.answers(400);
    try (TestGate gate = gate(tracing())) {
      assertThat(ask(gate, TestGate.PLUS, "")).startsWith("HTTP/1.1 200").contains("[DONE]");
      await().atMost(PATIENCE).until(() -> gate.metric("tidegate_spans_lost_total") == 1);
    }
  }

  @Test
  void spansBeyondTheQueueAreLostWhileTheCollectorSleeps() throws Exception {
    collector.holds();
    int asked = 100;
    try (TestGate gate = gate(tracing().withMaxQueuedSpans(16))) {
      for (int i = 0; i < asked; i++) {
        ask(gate, "tg-nobody", "");
      }
      // 16 may wait, and twice as many at most were on their way when the collector fell asleep.
      await().atMost(PATIENCE).until(() -> gate.metric("tidegate_spans_lost_total") >= asked - 48);
      assertThat(ask(gate, TestGate.PLUS, "")).startsWith("HTTP/1.1 200").contains("[DONE]");
      collector.close();
    }
  }

  private ReceivedSpan one() {
    await().atMost(PATIENCE).until(() -> !collector.spans().isEmpty());
    return collector.spans().get(0);
  }

  private TracingConfig tracing() {
    return TracingConfig.off().withEndpoint(collector.url());
  }

  private static TestGate gate(TracingConfig tracing) {
    return TestGate.start(
        UnaryOperator.identity(),
        config -> config.withLimit(LimitConfig.fixed(40)).withTracing(tracing));
  }

  private static String ask(TestGate gate, String key, String headers) throws Exception {
    try (RawClient client = gate.connect()) {
      client.send(
          RawClient.chatRequest(key, TestGate.ask(5, true), headers + "connection: close\r\n"));
      return client.readToEnd();
    }
  }
}
