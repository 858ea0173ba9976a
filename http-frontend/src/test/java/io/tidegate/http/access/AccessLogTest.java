package io.tidegate.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.engine.quota.TierQuotas;
import io.tidegate.http.RawClient;
import io.tidegate.http.TestGate;
import io.tidegate.http.config.access.AccessLogConfig;
import io.tidegate.http.config.admission.TierConfig;
import io.tidegate.http.config.admission.TierTerms;
import io.tidegate.http.config.admission.limit.LimitConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The lines that requests to a gate leave. */
@Timeout(120)
class AccessLogTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void everyRequestLeavesALineWithoutContentOrKeys() throws Exception {
    try (TestGate gate = gate(folder.resolve("access.log"))) {
      ask(gate, TestGate.PLUS, "x-session-id: my secret plan\r\nx-stainless-retry-count: 2\r\n");
      ask(gate, "tg-nobody", "");
      gate.frontend().drain().toCompletableFuture().join();
      ask(gate, TestGate.FREE, "");
    }
    String text = Files.readString(folder.resolve("access.log"));
    assertThat(text).doesNotContain("tg-", "secret", "Hello", "patricia", "fred");
    List<JsonNode> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    assertThat(lines).hasSize(3);
    JsonNode served = lines.get(0);
    assertThat(served.path("decision").asText()).isEqualTo("admitted");
    assertThat(served.path("outcome").asText()).isEqualTo("served");
    assertThat(served.path("tier").asText()).isEqualTo("plus");
    assertThat(served.path("class").asText()).isEqualTo("plus-opening");
    assertThat(served.path("upstream").asText()).isEqualTo("sim");
    assertThat(served.path("session_sha256").asText()).hasSize(16);
    assertThat(served.path("completion_tokens").asLong()).isEqualTo(5);
    assertThat(served.path("first_token_ms").asDouble())
        .isPositive()
        .isLessThanOrEqualTo(served.path("duration_ms").asDouble());
    assertThat(served.path("retry_count").asLong()).isEqualTo(2);
    assertThat(lines.get(1).has("retry_count")).isFalse();
    assertThat(lines.get(1).path("reason").asText()).isEqualTo("unknown-caller");
    assertThat(lines.get(1).has("subscriber_sha256")).isFalse();
    assertThat(lines.get(2).path("decision").asText()).isEqualTo("refused");
    assertThat(lines.get(2).path("reason").asText()).isEqualTo("draining");
    assertThat(lines.get(2).path("tier").asText()).isEqualTo("free");
  }

  @Test
  void aClientThatLeavesTheQueueLeavesALine() throws Exception {
    Path log = folder.resolve("access.log");
    TierTerms patient =
        new TierTerms(TierQuotas.unlimited(), Duration.ofSeconds(60), Duration.ofSeconds(60));
    try (TestGate gate =
            TestGate.start(
                UnaryOperator.identity(),
                config ->
                    config
                        .withLimit(LimitConfig.fixed(1).withReserve(0))
                        .withTiers(TierConfig.defaults().withTerms("plus", patient))
                        .withAccessLog(AccessLogConfig.off().withFile(log)));
        RawClient running = gate.connect()) {
      running.send(
          RawClient.chatRequest(
              TestGate.PLUS,
              TestGate.ask(1_000, true),
              "x-backend-script: token-ms=500,output-tokens=1000\r\n"));
      running.readUntil("t1\"");
      try (RawClient waiting = gate.connect()) {
        waiting.send(RawClient.chatRequest(TestGate.PLUS, TestGate.ask(1, true), ""));
        await().until(() -> gate.metric("tidegate_queue_length", "plus") == 1);
      }
      await().until(() -> Files.exists(log));
    }
    JsonNode line = JSON.readTree(Files.readString(log).lines().findFirst().orElseThrow());
    assertThat(line.path("decision").asText()).isEqualTo("left");
    assertThat(line.path("queue_ms").asDouble()).isPositive();
    assertThat(line.path("tier").asText()).isEqualTo("plus");
  }

  @Test
  void requestsAreServedWhereTheLogCannotBeWritten() throws Exception {
    Path blocked = Files.writeString(folder.resolve("log"), "a file where a folder should be");
    try (TestGate gate = gate(blocked.resolve("access.log"))) {
      assertThat(ask(gate, TestGate.PLUS, "")).startsWith("HTTP/1.1 200").contains("[DONE]");
      await().until(() -> gate.metric("tidegate_access_log_lost_total") == 1);
    }
  }

  private static TestGate gate(Path file) {
    return TestGate.start(
        UnaryOperator.identity(),
        config ->
            config
                .withLimit(LimitConfig.fixed(40))
                .withAccessLog(AccessLogConfig.off().withFile(file)));
  }

  private static String ask(TestGate gate, String key, String headers) throws Exception {
    try (RawClient client = gate.connect()) {
      client.send(
          RawClient.chatRequest(key, TestGate.ask(5, true), headers + "connection: close\r\n"));
      return client.readToEnd();
    }
  }
}
