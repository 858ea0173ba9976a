package io.tidegate.http.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.http.OnEachTransport;
import io.tidegate.http.RawClient;
import io.tidegate.http.TestGate;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
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
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bytes that no honest client sends, on a raw socket: each gets its 4xx in OpenAI's shape, which
 * repeats nothing of what was sent, and a close; the next client is served.
 */
@OnEachTransport
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Long enough that nothing here is ended by a deadline. */
  private static final Duration NOT_HERE = Duration.ofMinutes(2);

  private static final String KEY = "Authorization: Bearer " + TestGate.PLUS + "\r\n";
  private static final String CHAT = "POST /v1/chat/completions HTTP/1.1\r\nHost: gate\r\n" + KEY;
  private static final String MODELS = "GET /v1/models HTTP/1.1\r\nHost: gate\r\n" + KEY;

  /** Part of everything hostile that has room for it; it must never come back. */
  private static final String MARK = "hOsTiLe";

  private TestGate gate;

  @BeforeAll
  void start() {
    gate =
        TestGate.start(
            UnaryOperator.identity(),
            config -> config.withTimeouts(config.timeouts().withRequest(NOT_HERE, NOT_HERE)));
  }

  @AfterAll
  void stop() {
    gate.close();
  }

  @AfterEach
  void othersAreServedAndNothingIsLeft() {
    try (RawClient other = gate.connect()) {
      String body = TestGate.ask(2, true);
      other.send(RawClient.chatRequest(TestGate.PLUS, body, "Connection: close\r\n"));
      assertThat(other.readToEnd()).contains("[DONE]");
    }
    await().atMost(PATIENCE).until(() -> gate.frontend().connections() == 0);
    assertThat(gate.frontend().inflightSeats()).isZero();
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("a long header", MODELS + "X-A: " + MARK.repeat(6_000) + "\r\n\r\n", 431),
        Arguments.of("a long header's name", MODELS + MARK.repeat(50) + ": a\r\n\r\n", 431),
        Arguments.of(
            "a long head of short headers",
            MODELS + longHeaders(60) + "Connection: close\r\n\r\n",
            431),
        Arguments.of("too many headers", MODELS + "X-A: hOsTiLe\r\n".repeat(200) + "\r\n", 431),
        Arguments.of(
            "a long path", "GET /v1/" + MARK.repeat(6_000) + " HTTP/1.1\r\nHost: g\r\n\r\n", 431),
        Arguments.of("a header without a colon", MODELS + MARK + "\r\n\r\n", 400),
        Arguments.of("a blank before the colon", MODELS + "X-A : hOsTiLe\r\n\r\n", 400),
        Arguments.of("NUL in the path", "GET /v1/hOsTiLe\0 HTTP/1.1\r\nHost: g\r\n\r\n", 400),
        Arguments.of("NUL in a header", MODELS + "X-A: hOsTiLe\0\r\n\r\n", 400),
        Arguments.of("an escape cut short", "GET /v1/%h HTTP/1.1\r\nHost: g\r\n\r\n", 400),
        Arguments.of("no host", "GET /v1/hOsTiLe HTTP/1.1\r\n\r\n", 400),
        Arguments.of("two hosts", MODELS + "Host: hOsTiLe\r\n\r\n", 400),
        Arguments.of(
            "another host in the target",
            "GET http://hOsTiLe/v1/models HTTP/1.1\r\nHost: gate\r\n\r\n",
            400),
        Arguments.of("a bare line feed", MODELS + "X-A: hOsTiLe\n\r\n", 400),
        Arguments.of("a bare line feed at the end", MODELS + "X-A: hOsTiLe\r\n\n", 400),
        Arguments.of("a bare carriage return", MODELS + "X-A: hOs\rTiLe\r\n\r\n", 400),
        Arguments.of("a folded header", MODELS + "X-A: a\r\n hOsTiLe\r\n\r\n", 400),
        Arguments.of("two hosts that agree", MODELS + "Host: gate\r\n\r\n", 400),
        Arguments.of(
            "a user in the target",
            "GET http://hOsTiLe@gate/ HTTP/1.1\r\nHost: hOsTiLe@gate\r\n\r\n",
            400),
        Arguments.of(
            "a target for proxies in a read",
            "GET hOsTiLe:443 HTTP/1.1\r\nHost: hOsTiLe:443\r\n\r\n",
            400),
        Arguments.of(
            "a target of another scheme",
            "GET ftp://gate/hOsTiLe HTTP/1.1\r\nHost: gate\r\n\r\n",
            400),
        Arguments.of("a star in a read", "GET * HTTP/1.1\r\nHost: hOsTiLe\r\n\r\n", 400),
        Arguments.of("a header hidden in a header", MODELS + "X-A: a\rX-B: hOsTiLe\r\n\r\n", 400),
        Arguments.of("a name that is no token", MODELS + "X(hOsTiLe): a\r\n\r\n", 400),
        Arguments.of("a target that is no path", "GET hOsTiLe HTTP/1.1\r\nHost: gate\r\n\r\n", 400),
        Arguments.of(
            "a target for proxies",
            "CONNECT hOsTiLe:443 HTTP/1.1\r\nHost: hOsTiLe:443\r\n\r\n",
            501),
        Arguments.of("a trace", "TRACE /v1/hOsTiLe HTTP/1.1\r\nHost: gate\r\n" + KEY + "\r\n", 501),
        Arguments.of("a request without a version", "GET /v1/hOsTiLe\r\n\r\n", 400),
        Arguments.of("an unknown method", "HOSTILE /v1/models HTTP/1.1\r\nHost: g\r\n\r\n", 501),
        Arguments.of("HTTP/2 in the clear", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 501),
        Arguments.of("an unknown version", "GET /v1/models HTTP/3.0\r\nHost: g\r\n\r\n", 505),
        Arguments.of(
            "a TLS greeting",
            "\u0016\u0003\u0001\u0002\0\u0001\0\u0001hOsTiLe" + "\0".repeat(200),
            400));
  }

  /** Headers that are short one by one; 60 of them have 48 KB. */
  private static String longHeaders(int count) {
    return ("X-A: " + MARK.repeat(115) + "\r\n").repeat(count);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void refusesAndCloses(String name, String bytes, int status) throws IOException {
    try (RawClient client = gate.connect()) {
      assertRefused(client.send(bytes).readToEnd(), status);
    }
  }

  @Test
  void refusesAHeaderWithoutEndAsSoonAsItIsTooLong() throws IOException {
    try (RawClient client = gate.connect()) {
      assertRefused(client.send(MODELS + "X-A: " + "a".repeat(200_000)).readToEnd(), 431);
    }
  }

  /** Shown red without a bound on the head as a whole: 100 headers of 30 KB are 3 MB. */
  @Test
  void refusesAHeadWithoutEnd() throws IOException {
    try (RawClient client = gate.connect()) {
      String header = "X-A: " + "a".repeat(30_000) + "\r\n";
      assertRefused(client.send(MODELS + header.repeat(20)).readToEnd(), 431);
    }
  }

  /** The refusal keeps its place. */
  @Test
  void answersWhatCameBeforeAFaultFirst() {
    try (RawClient client = gate.connect()) {
      String good = "GET /v1 HTTP/1.1\r\nHost: gate\r\n\r\n";
      client.send(good + good + "GET /v1 HTTP/1.1\nHost: gate\r\n\r\n" + good);
      assertThat(client.readAnswer()).startsWith("HTTP/1.1 404 ");
      assertThat(client.readAnswer()).startsWith("HTTP/1.1 404 ");
      assertThat(client.readToEnd()).startsWith("HTTP/1.1 400 ").doesNotContain(" 404 ");
    }
  }

  /** What is the gate's to say is not said by a client, and nothing splits an answer in two. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-request-id: hOsTiLe id\r\n",
        "x-request-id: hOsTiLe\tid\r\n",
        "x-tidegate-tier: hOsTiLe\r\n",
        "x-tidegate-class: hOsTiLe\r\nx-tidegate-decision: hOsTiLe\r\n",
        "x-session-id: %0d%0aX-Split:%20hOsTiLe\r\n",
        "traceparent: hOsTiLe\r\n"
      })
  void repeatsNoHeaderThatIsNotTheClients(String header) {
    try (RawClient client = gate.connect()) {
      String unknown = "GET /v1/models HTTP/1.1\r\nHost: gate\r\nAuthorization: Bearer x\r\n";
      client.send(unknown + header + "\r\n" + MODELS + header + "\r\n");
      assertThat(client.readAnswer()).startsWith("HTTP/1.1 401 ").doesNotContain(MARK);
      assertThat(client.readUntil("\r\n\r\n"))
          .startsWith("HTTP/1.1 200 ")
          .doesNotContain(MARK)
          .doesNotContain("X-Split");
      client.readUntil("}]}");
    }
  }

  /** A name that a caller chose is not shown to anybody as markup, nor as a header. */
  @Test
  void showsNoSessionNameUnescaped() {
    try (RawClient client = gate.connect()) {
      client.send(
          "DELETE /tidegate/v1/sessions/%3Cscript%3E%0D%0AX-Split:1 HTTP/1.1\r\nHost: gate\r\n"
              + KEY
              + "\r\n");
      assertThat(client.readAnswer())
          .startsWith("HTTP/1.1 404 ")
          .doesNotContain("<script>")
          .doesNotContain("X-Split");
    }
  }

  static Stream<Arguments> badBodies() {
    return Stream.of(
        Arguments.of("a length above the limit", "Content-Length: 99999999999\r\n\r\n", 413),
        Arguments.of("a length below zero", "Content-Length: -1\r\n\r\n", 400),
        Arguments.of("a length that is no number", "Content-Length: hOsTiLe\r\n\r\n", 400),
        Arguments.of("two lengths", "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400),
        Arguments.of(
            "both framings",
            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400),
        Arguments.of(
            "two lengths that agree", "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}", 400),
        Arguments.of("two lengths in one", "Content-Length: 2, 2\r\n\r\n{}", 400),
        Arguments.of("a length with a sign", "Content-Length: +2\r\n\r\n{}", 400),
        Arguments.of("a length with a blank", "Content-Length: 2 0\r\n\r\n{}", 400),
        Arguments.of(
            "a length that wraps to 1", "Content-Length: 18446744073709551617\r\n\r\n{", 400),
        Arguments.of("two codings", "Transfer-Encoding: hOsTiLe, chunked\r\n\r\n0\r\n\r\n", 400),
        Arguments.of(
            "one coding twice",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400),
        Arguments.of(
            "a size with a blank", "Transfer-Encoding: chunked\r\n\r\n2 \r\n{}\r\n0\r\n\r\n", 400),
        Arguments.of(
            "a size that wraps",
            "Transfer-Encoding: chunked\r\n\r\n10000000000000002\r\n{}\r\n",
            400),
        Arguments.of(
            "a chunk that ends in a line feed",
            "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\n0\r\n\r\n",
            400),
        Arguments.of(
            "a long extension",
            "Transfer-Encoding: chunked\r\n\r\n2;" + MARK.repeat(50) + "\r\n{}\r\n0\r\n\r\n",
            400),
        Arguments.of(
            "a length in the trailers",
            "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nContent-Length: 2\r\n\r\n",
            400),
        Arguments.of(
            "trailers without end",
            "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n" + "X-A: hOsTiLe\r\n".repeat(1_000),
            400),
        Arguments.of("an unknown coding", "Transfer-Encoding: hOsTiLe\r\n\r\n", 400),
        Arguments.of("chunks of garbage", "Transfer-Encoding: chunked\r\n\r\nhOsTiLe\r\nx", 400),
        Arguments.of(
            "a chunk longer than it says", "Transfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n", 400));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badBodies")
  void refusesABodyThatHasNoEndEverybodyAgreesOn(String name, String bytes, int status)
      throws IOException {
    try (RawClient client = gate.connect()) {
      assertRefused(client.send(CHAT + bytes).readToEnd(), status);
    }
    assertThat(gate.backend().stats().running()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/hOsTiLe",
        "/v1",
        "/v1/../stats",
        "/v1/%2e%2E/stats",
        "/v1/a/..%2Fstats",
        "/v1/a%2f..%2fstats",
        "/v1/models/..",
        "/v1/..%5cstats",
        "/v1/..;/stats",
        "http://gate/v1/../stats"
      })
  void findsNothingOutsideOfTheModelsApi(String target) {
    try (RawClient client = gate.connect()) {
      client.send("GET " + target + " HTTP/1.1\r\nHost: gate\r\n" + KEY + "\r\n");
      assertThat(client.readAnswer())
          .startsWith("HTTP/1.1 404 ")
          .contains("\"unknown_url\"")
          .doesNotContain(MARK);
    }
  }

  private static void assertRefused(String answer, int status) throws IOException {
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ").doesNotContain(MARK);
    assertThat(answer).doesNotContainIgnoringCase("exception").doesNotContainIgnoringCase("pekko");
    int endOfHead = answer.indexOf("\r\n\r\n");
    assertThat(answer.substring(0, endOfHead).toLowerCase(Locale.ROOT))
        .contains("\r\nx-request-id: req_")
        .contains("\r\nx-tidegate-reason: bad-request")
        .contains("\r\nx-should-retry: false")
        .contains("\r\ncontent-type: application/json");
    JsonNode error = new ObjectMapper().readTree(answer.substring(endOfHead)).path("error");
    assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
    assertThat(error.path("param").isNull()).isTrue();
    assertThat(error.path("code").isNull()).isTrue();
    assertThat(error.path("message").asText()).isNotBlank();
  }
}
