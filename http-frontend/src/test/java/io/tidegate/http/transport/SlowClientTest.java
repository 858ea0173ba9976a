package io.tidegate.http.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.http.OnEachTransport;
import io.tidegate.http.RawClient;
import io.tidegate.http.TestGate;
import io.tidegate.http.config.listen.ListenConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Clients that send for ever, too slowly or too much, or never take their answers: each is answered
 * or closed by a deadline or a bound of its own, and holds nothing afterwards.
 */
@OnEachTransport
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowClientTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final String CHAT =
      "POST /v1/chat/completions HTTP/1.1\r\nHost: gate\r\nAuthorization: Bearer "
          + TestGate.PLUS
          + "\r\n";
  private static final int MAX_BODY_BYTES = 100_000;

  private TestGate gate;

  @BeforeAll
  void start() {
    gate =
        TestGate.start(
            UnaryOperator.identity(),
            config ->
                config
                    .withTimeouts(config.timeouts().withRequest(SHORT, SHORT).withSend(SHORT))
                    .withListen(
                        new ListenConfig(
                            "127.0.0.1",
                            0,
                            100,
                            32_768,
                            100,
                            MAX_BODY_BYTES,
                            1 << 28,
                            OptionalInt.empty(),
                            Optional.empty())));
  }

  @AfterAll
  void stop() {
    gate.close();
  }

  @AfterEach
  void nothingIsLeft() {
    await().atMost(PATIENCE).until(() -> gate.frontend().connections() == 0);
    assertThat(gate.frontend().inflightSeats()).isZero();
  }

  @Test
  void closesAConnectionThatSaysNothing() {
    try (RawClient client = gate.connect()) {
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  /** Shown red by a deadline that starts anew with each byte. */
  @Test
  void closesOnAHeadThatComesByteByByte() {
    try (RawClient client = gate.connect()) {
      client.send("GET /v1/models HTTP/1.1\r\nX-A: ");
      assertThat(untilClosed(client, "a")).isTrue();
    }
  }

  @Test
  void answers408ToABodyThatComesByteByByte() {
    double before = gate.metric("tidegate_refused_total", "bad-request");
    try (RawClient client = gate.connect()) {
      client.send(CHAT + "Content-Length: 90000\r\n\r\n{");
      assertThat(client.readToEnd()).startsWith("HTTP/1.1 408 ").contains("bad-request");
    }
    assertThat(gate.metric("tidegate_refused_total", "bad-request")).isEqualTo(before + 1);
  }

  @Test
  void refusesAStrangerThoughItsBodyNeverComes() {
    try (RawClient client = gate.connect()) {
      client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: g\r\nContent-Length: 9\r\n\r\n{");
      assertThat(client.readToEnd()).startsWith("HTTP/1.1 401 ");
    }
  }

  @Test
  void answers413ToChunksThatAreTooMany() {
    try (RawClient client = gate.connect()) {
      client.send(CHAT + "Transfer-Encoding: chunked\r\n\r\n");
      client.send(("400\r\n" + "x".repeat(1024) + "\r\n").repeat(200));
      assertThat(client.readToEnd()).startsWith("HTTP/1.1 413 ");
    }
  }

  /** Shown red by a guard that closes at once: the reset overtakes the answer. */
  @Test
  void letsAClientReadThe413ThoughItGoesOnSending() {
    try (RawClient client = gate.connect()) {
      client.send(CHAT + "Content-Length: 5000000\r\n\r\n");
      String block = "x".repeat(100_000);
      for (int i = 0; i < 50; i++) {
        client.send(block);
      }
      assertThat(client.readToEnd()).startsWith("HTTP/1.1 413 ").contains("invalid_request_error");
    }
  }

  /** Shown red by deadlines that end with the answer's last byte instead of its being taken. */
  @Test
  void resetsAClientThatTakesNoneOfItsAnswers() {
    try (RawClient client = RawClient.connect(gate.port(), 4_096)) {
      String asked = "GET /v1/models HTTP/1.1\r\nHost: g\r\n\r\n".repeat(1_000);
      assertThat(untilClosed(client, asked)).isTrue();
    }
  }

  /** Sends until the gate has closed: on a closed socket, sending fails sooner or later. */
  private static boolean untilClosed(RawClient client, String piece) {
    await().atMost(PATIENCE).until(() -> !client.isTaking(piece));
    return true;
  }
}
