package io.tidegate.http.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.http.RawClient;
import io.tidegate.http.TestGate;
import io.tidegate.http.config.ListenConfig;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that no honest client sends, on a raw socket: a 4xx or a close, and others are served. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputTest {

  private static final Duration SHORT = Duration.ofMillis(600);
  private static final String CHAT =
      "POST /v1/chat/completions HTTP/1.1\r\nHost: gate\r\nAuthorization: Bearer "
          + TestGate.PLUS
          + "\r\n";
  private static final String MODELS = "GET /v1/models HTTP/1.1\r\nHost: gate\r\n";

  private TestGate gate;

  @BeforeAll
  void start() {
    gate =
        TestGate.start(
            UnaryOperator.identity(),
            config -> config.withTimeouts(config.timeouts().withRequest(SHORT, SHORT)));
  }

  @AfterAll
  void stop() {
    gate.close();
  }

  @AfterEach
  void othersAreServedAndNothingIsLeft() {
    assertThat(gate.chat(TestGate.PLUS, TestGate.ask(2, true), Optional.empty()).body())
        .contains("[DONE]");
    await().atMost(Duration.ofSeconds(20)).until(() -> gate.inflightSeats() == 0);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("a header too long", MODELS + "X-A: " + "a".repeat(40_000) + "\r\n\r\n", 431),
        Arguments.of("a path too long", "GET /v1/" + "a".repeat(40_000) + " HTTP/1.1\r\n\r\n", 414),
        Arguments.of("too many headers", MODELS + "X-A: a\r\n".repeat(200) + "\r\n", 400),
        Arguments.of(
            "a body declared too large", CHAT + "Content-Length: 99999999999\r\n\r\n", 413),
        Arguments.of("no number", CHAT + "Content-Length: many\r\n\r\n", 400),
        Arguments.of("chunks of garbage", CHAT + "Transfer-Encoding: chunked\r\n\r\nZZ\r\nx", 400),
        Arguments.of(
            "both lengths",
            CHAT + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400),
        Arguments.of(
            "two lengths", CHAT + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400),
        Arguments.of("an unknown encoding", CHAT + "Transfer-Encoding: gzip\r\n\r\n", 400),
        Arguments.of("NUL in the path", "GET /v1/\0 HTTP/1.1\r\nHost: gate\r\n\r\n", 400),
        Arguments.of("a TLS greeting", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\r\n\r\n", 400),
        Arguments.of("no host", "GET /v1/models HTTP/1.1\r\n\r\n", 400),
        Arguments.of("two hosts", MODELS + "Host: other\r\n\r\n", 400),
        Arguments.of(
            "another server's address",
            "GET http://elsewhere/v1/ HTTP/1.1\r\nHost: g\r\n\r\n",
            400),
        Arguments.of("no such method", "BREW /v1/models HTTP/1.1\r\nHost: gate\r\n\r\n", 501),
        Arguments.of("HTTP/2 in the clear", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 501));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void refusesAndCloses(String name, String bytes, int status) throws Exception {
    try (RawClient client = gate.connect()) {
      String answer = client.send(bytes).readToEnd();
      assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
      assertThat(answer).doesNotContain("Exception", "pekko", "aaaaaaaa", "ZZ");
      assertThat(answer.toLowerCase(Locale.ROOT)).contains("x-request-id: ");
      JsonNode error =
          new ObjectMapper().readTree(answer.substring(answer.indexOf("\r\n\r\n"))).path("error");
      assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
      assertThat(error.path("param").isNull()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("escapes")
  void findsNothingOutsideOfTheModelsApi(String target) {
    try (RawClient client = gate.connect()) {
      client.send(
          "GET "
              + target
              + " HTTP/1.1\r\nHost: gate\r\nAuthorization: Bearer "
              + TestGate.PLUS
              + "\r\n\r\n");
      assertThat(client.readAnswer()).startsWith("HTTP/1.1 404 ").contains("\"unknown_url\"");
    }
  }

  static Stream<String> escapes() {
    return Stream.of(
        "/", "/v2/models", "/v1", "/v1/../stats", "/v1/%2e%2e/stats", "/v1/a/..%2Fstats");
  }

  @Test
  void closesOnAHeaderWithoutEnd() {
    try (RawClient client = gate.connect()) {
      client.send(MODELS + "X-A: ");
      String block = "a".repeat(10_000);
      try {
        for (int i = 0; i < 10_000; i++) {
          client.send(block);
        }
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 431 ");
      } catch (UncheckedIOException closed) {
        assertThat(closed).hasMessageMatching(".*(Broken pipe|reset|closed|aborted).*");
      }
    }
  }

  @Test
  void closesOnAHeadThatComesTooSlowly() {
    try (RawClient client = gate.connect()) {
      client.send(MODELS + "X-A: a");
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void closesAConnectionThatSaysNothing() {
    try (RawClient client = gate.connect()) {
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void answers408ToABodyThatComesTooSlowly() {
    double before = gate.outcomes("bad-request");
    try (RawClient client = gate.connect()) {
      client.send(CHAT + "Content-Length: 100\r\n\r\n{");
      assertThat(client.readToEnd()).startsWith("HTTP/1.1 408 ");
    }
    assertThat(gate.outcomes("bad-request")).isEqualTo(before + 1);
  }

  @Test
  void answers413ToChunksThatAreTooMany() {
    try (TestGate small =
        TestGate.start(
            UnaryOperator.identity(),
            config ->
                config.withListen(new ListenConfig("127.0.0.1", 0, 100, 32_768, 100, 10_000)))) {
      try (RawClient client = small.connect()) {
        client.send(CHAT + "Transfer-Encoding: chunked\r\n\r\n");
        String chunk = "400\r\n" + "x".repeat(1024) + "\r\n";
        client.send(chunk.repeat(20));
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 413 ");
      }
      await().atMost(Duration.ofSeconds(20)).until(() -> small.inflightSeats() == 0);
    }
  }

  @Test
  void letsAClientReadThe413ThoughItGoesOnSending() {
    try (RawClient client = gate.connect()) {
      client.send(CHAT + "Content-Length: 50000000\r\n\r\n");
      String block = "x".repeat(100_000);
      for (int i = 0; i < 20; i++) {
        client.send(block);
      }
      assertThat(client.readToEnd()).startsWith("HTTP/1.1 413 ");
    }
  }
}
