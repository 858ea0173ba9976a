package io.tidegate.http.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.http.OnEachTransport;
import io.tidegate.http.RawClient;
import io.tidegate.http.TestGate;
import io.tidegate.http.config.listen.ListenConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Bodies that come after their head are looked into like those that come with it. */
@OnEachTransport
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BodyInPiecesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MAX_BODY_BYTES = 100_000;

  private TestGate gate;

  @BeforeAll
  void start() {
    // Room for one body of the largest size, and a little of another.
    gate =
        TestGate.start(
            UnaryOperator.identity(),
            config ->
                config.withListen(
                    new ListenConfig(
                        "127.0.0.1",
                        0,
                        100,
                        32_768,
                        100,
                        MAX_BODY_BYTES,
                        MAX_BODY_BYTES + 9,
                        OptionalInt.empty(),
                        Optional.empty())));
  }

  @AfterAll
  void stop() {
    gate.close();
  }

  @Test
  void reachesTheUpstreamByteForByte() throws Exception {
    String body = TestGate.ask(3, false) + " ".repeat(70_000);
    String whole = RawClient.chatRequest(TestGate.PLUS, body, "");
    int head = whole.length() - body.length();
    try (RawClient client = gate.connect()) {
      client.send(whole.substring(0, head));
      client.send(whole.substring(head, head + 11));
      client.send(whole.substring(head + 11));
      assertThat(client.readAnswer()).startsWith("HTTP/1.1 200 ");
    }
    assertThat(gate.lastRequest().path("body_bytes").asInt()).isEqualTo(body.length());
  }

  @Test
  void comesInChunksAsWell() {
    String body = TestGate.ask(3, true);
    String head = RawClient.chatRequest(TestGate.PLUS, body, "").replace(body, "");
    String chunked =
        head.replaceFirst("Content-Length: \\d+", "Transfer-Encoding: chunked")
            + Integer.toHexString(body.length())
            + "\r\n"
            + body
            + "\r\n";
    try (RawClient client = gate.connect()) {
      client.send(chunked);
      client.send("0\r\n\r\n");
      assertThat(client.readUntil("[DONE]")).startsWith("HTTP/1.1 200 ").contains("t3\"");
    }
  }

  @Test
  void isRefusedWhenTooManyAreHeldAndRoomIsFreeAgainAfterwards() {
    String half = "POST /v1/chat/completions HTTP/1.1\r\nHost: g\r\nAuthorization: Bearer ";
    half += TestGate.PLUS + "\r\nContent-Length: " + MAX_BODY_BYTES + "\r\n\r\n";
    half += " ".repeat(MAX_BODY_BYTES - 1);
    try (RawClient first = gate.connect();
        RawClient second = gate.connect()) {
      first.send(half);
      second.send(half);
      // Which of the two comes first is not ours to say.
      await().atMost(PATIENCE).until(() -> refused() == 1);
    }
    await().atMost(PATIENCE).until(() -> gate.frontend().connections() == 0);
    try (RawClient third = gate.connect()) {
      String body = TestGate.ask(3, false);
      body += " ".repeat(MAX_BODY_BYTES - body.length());
      third.send(RawClient.chatRequest(TestGate.PLUS, "", "").split("Content-Length", -1)[0]);
      third.send("Content-Length: " + body.length() + "\r\n\r\n");
      third.send(body);
      assertThat(third.readAnswer().toLowerCase(Locale.ROOT)).startsWith("http/1.1 200 ");
    }
  }

  /** Shown red by a decision on the head alone: each of these then holds a seat. */
  @Test
  void takesNoSeatBeforeItIsWhole() {
    String begun = RawClient.chatRequest(TestGate.PLUS, " ".repeat(1_000), "").stripTrailing();
    List<RawClient> slow = new ArrayList<>();
    try (TestGate own = TestGate.start()) {
      for (int i = 0; i < 38; i++) {
        slow.add(own.connect().send(begun + "\r\n\r\n{"));
      }
      await().atMost(PATIENCE).until(() -> own.frontend().connections() == slow.size());
      for (int i = 0; i < 20; i++) {
        assertThat(own.chat(TestGate.NEW, TestGate.ask(1, true), Optional.empty()).statusCode())
            .isEqualTo(200);
      }
      slow.forEach(RawClient::close);
      await().atMost(PATIENCE).until(() -> own.inflightSeats() == 0);
      assertThat(own.metric("tidegate_admitted_total")).isEqualTo(20);
    }
  }

  /** Shown red by a decision on the head alone: the answer is then owed in ten minutes. */
  @Test
  void isSeenToAskForAStreamWhoseFirstByteIsOwedSoon() {
    Duration soon = Duration.ofMillis(400);
    try (TestGate own =
            TestGate.start(
                UnaryOperator.identity(),
                config ->
                    config.withTimeouts(
                        config.timeouts().withFirstByte(soon, Duration.ofMinutes(10))));
        RawClient client = own.connect()) {
      String body = TestGate.ask(3, true);
      String whole = RawClient.chatRequest(TestGate.PLUS, body, "x-backend-script: hang\r\n");
      client.send(whole.substring(0, whole.length() - body.length()));
      client.send(body);
      assertThat(client.readAnswer()).startsWith("HTTP/1.1 504 ");
    }
  }

  private double refused() {
    return gate.metric("tidegate_refused_total", "queue-full");
  }
}
