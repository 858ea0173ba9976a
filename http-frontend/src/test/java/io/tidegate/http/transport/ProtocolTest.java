package io.tidegate.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.http.OnEachTransport;
import io.tidegate.http.RawClient;
import io.tidegate.http.TestGate;
import io.tidegate.http.config.admission.limit.LimitConfig;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The less travelled parts of HTTP/1.1 that honest clients use. */
@OnEachTransport
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProtocolTest {

  private TestGate gate;

  @BeforeAll
  void start() {
    gate = TestGate.start();
  }

  @AfterAll
  void stop() {
    gate.close();
  }

  @Test
  void answersPipelinedRequestsInOrder() {
    String first =
        RawClient.chatRequest(TestGate.PLUS, TestGate.ask(5, true), "x-request-id: a\r\n");
    String second = RawClient.chatRequest("nobody", TestGate.ask(5, true), "x-request-id: b\r\n");
    String third =
        RawClient.chatRequest(
            TestGate.PLUS, TestGate.ask(3, true), "x-request-id: c\r\nConnection: close\r\n");
    try (RawClient client = gate.connect()) {
      String all = client.send(first + second + third).readToEnd();
      assertThat(all)
          .containsSubsequence(
              "x-request-id: a",
              "[DONE]",
              "HTTP/1.1 401 ",
              "x-request-id: b",
              "HTTP/1.1 200 ",
              "x-request-id: c",
              "[DONE]");
    }
  }

  /**
   * Shown red by passing on many requests at once: Pekko's parser then overflows its stack, and the
   * process ends.
   */
  @Test
  void answersThousandsOfPipelinedRequestsInOrder() {
    int count = 5_000;
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < count; i++) {
      requests.append("GET /x HTTP/1.1\r\nHost: g\r\nX-Request-Id: n").append(i).append("\r\n\r\n");
    }
    try (RawClient client = gate.connect()) {
      client.send(requests.toString());
      for (int i = 0; i < count; i++) {
        assertThat(client.readAnswer()).contains("x-request-id: n" + i + "\r\n");
      }
    }
  }

  @Test
  void takesATargetWithItsOrigin() {
    try (RawClient client = gate.connect()) {
      client.send(
          "GET http://gate/v1/models HTTP/1.1\r\nHost: gate\r\nAuthorization: Bearer "
              + TestGate.PLUS
              + "\r\n\r\n");
      assertThat(client.readAnswer()).startsWith("HTTP/1.1 200 ").contains("simulated-chat");
    }
  }

  @Test
  void keepsTheConnectionAfterARefusalWithASmallBodyThatComesLate() {
    try (RawClient client = gate.connect()) {
      client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: g\r\nContent-Length: 4\r\n\r\nab");
      client.send("cd");
      assertThat(client.readAnswer()).startsWith("HTTP/1.1 401 ");
      client.send("GET /nowhere HTTP/1.1\r\nHost: g\r\n\r\n");
      assertThat(client.readAnswer()).startsWith("HTTP/1.1 404 ");
    }
  }

  @Test
  void asksForTheBodyOnlyOfARequestItAdmits() {
    String head =
        "POST /v1/chat/completions HTTP/1.1\r\nHost: g\r\nExpect: 100-continue\r\n"
            + "Content-Type: application/json\r\nContent-Length: ";
    String body = TestGate.ask(3, true);
    try (RawClient refused = gate.connect()) {
      refused.send(head + body.length() + "\r\nAuthorization: Bearer nobody\r\n\r\n");
      assertThat(refused.readToEnd()).startsWith("HTTP/1.1 401 ").doesNotContain("100 Continue");
    }
    try (RawClient admitted = gate.connect()) {
      admitted.send(
          head + body.length() + "\r\nAuthorization: Bearer " + TestGate.PLUS + "\r\n\r\n");
      assertThat(admitted.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100 ");
      admitted.send(body);
      assertThat(admitted.readUntil("[DONE]")).startsWith("HTTP/1.1 200 ");
    }
  }

  /** A browser asks so before it may show a key. */
  @Test
  void passesAPreflightOnWithoutAKeyAndNothingElse() {
    String asks = "Origin: https://app.test\r\nAccess-Control-Request-Method: POST\r\n";
    try (RawClient client = gate.connect()) {
      client.send("OPTIONS /v1/chat/completions HTTP/1.1\r\nHost: g\r\n" + asks + "\r\n");
      assertThat(client.readAnswer()).doesNotContain("x-tidegate-reason").contains("x-request-id");
      client.send("OPTIONS /v1/models HTTP/1.1\r\nHost: g\r\nOrigin: https://app.test\r\n\r\n");
      assertThat(client.readAnswer()).startsWith("HTTP/1.1 401 ");
      client.send("GET /v1/models HTTP/1.1\r\nHost: g\r\n" + asks + "\r\n");
      assertThat(client.readAnswer()).startsWith("HTTP/1.1 401 ");
    }
  }

  @Test
  void refusesToBecomeAWebSocketAndPassesOverOtherUpgrades() {
    String read = "GET /v1/models HTTP/1.1\r\nHost: g\r\nAuthorization: Bearer " + TestGate.PLUS;
    String webSocket =
        """

        Connection: Upgrade
        Upgrade: websocket
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

        """
            .replace("\n", "\r\n");
    String http2 =
        """

        Connection: Upgrade, HTTP2-Settings
        Upgrade: h2c
        HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABk

        """
            .replace("\n", "\r\n");
    try (RawClient client = gate.connect()) {
      client.send(read + webSocket);
      assertThat(client.readAnswer()).startsWith("HTTP/1.1 501 ").contains("WebSocket");
      client.send(read + http2);
      assertThat(client.readAnswer()).startsWith("HTTP/1.1 200 ").contains("simulated-chat");
    }
  }

  @Test
  void refusesATargetThatIsAnAuthority() {
    for (String request :
        List.of("CONNECT gate:443 HTTP/1.1", "GET gate:443 HTTP/1.1", "OPTIONS * HTTP/1.1")) {
      try (RawClient client = gate.connect()) {
        client.send(request + "\r\nHost: gate:443\r\n\r\n");
        assertThat(client.readAnswer()).containsPattern("^HTTP/1.1 (400|404|501) ");
      }
    }
  }

  /** A form is not looked into, so what it asks for is decided without it. */
  @Test
  void asksForTheBodyOfAFormOnlyWhenThereIsRoom() throws Exception {
    String head =
        """
        POST /v1/audio/transcriptions HTTP/1.1
        Host: g
        Expect: 100-continue
        Content-Type: multipart/form-data; boundary=b
        Content-Length: 5
        Authorization: Bearer \
        """
            .replace("\n", "\r\n");
    try (TestGate small =
            TestGate.start(
                backend -> backend,
                config -> config.withLimit(LimitConfig.fixed(1).withReserve(0)));
        RawClient holder = small.connect()) {
      holder.send(
          RawClient.chatRequest(
              TestGate.PLUS, TestGate.ask(500, true), "x-backend-script: token-ms=50\r\n"));
      holder.readUntil("t1");
      try (RawClient refused = small.connect()) {
        refused.send(head + TestGate.newKey(1) + "\r\n\r\n");
        assertThat(refused.readToEnd()).startsWith("HTTP/1.1 503 ").contains("no-room");
      }
    }
    try (RawClient admitted = gate.connect()) {
      admitted.send(head + TestGate.PLUS + "\r\n\r\n");
      assertThat(admitted.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100 ");
      admitted.send("--b--");
      assertThat(admitted.readAnswer()).contains("x-tidegate-decision: admitted");
    }
  }

  @Test
  void streamsToAClientOfHttp10UntilTheConnectionCloses() {
    String body = TestGate.ask(3, true);
    try (RawClient client = gate.connect()) {
      client.send(
          "POST /v1/chat/completions HTTP/1.0\r\nAuthorization: Bearer "
              + TestGate.PLUS
              + "\r\nContent-Type: application/json\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
      String answer = client.readToEnd();
      assertThat(answer).contains(" 200 ").contains("data: [DONE]\n");
      assertThat(answer.toLowerCase(Locale.ROOT)).doesNotContain("transfer-encoding");
    }
  }

  @Test
  void passesAChunkedBodyOnAsItComes() throws IOException {
    String body = TestGate.ask(3, true);
    String half = body.substring(0, 30);
    String rest = body.substring(30);
    try (RawClient client = gate.connect()) {
      client.send(
          "POST /v1/chat/completions HTTP/1.1\r\nHost: g\r\nAuthorization: Bearer "
              + TestGate.PLUS
              + "\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n"
              + "Content-Type: application/json\r\n\r\n");
      client.send(Integer.toHexString(half.length()) + "\r\n" + half + "\r\n");
      client.send(Integer.toHexString(rest.length()) + "\r\n" + rest + "\r\n0\r\n\r\n");
      assertThat(client.readToEnd()).startsWith("HTTP/1.1 200 ").contains("[DONE]");
    }
    assertThat(gate.lastRequest().path("body_bytes").asInt()).isEqualTo(body.length());
  }

  /** Shown red by a gate that admits POST alone. */
  @Test
  void asksForASeatForEveryMethodThatMayMakeWork() {
    for (String method : List.of("PUT", "PATCH", "DELETE", "POST")) {
      double before = gate.metric("tidegate_admitted_total");
      assertThat(answerTo(method)).contains("x-tidegate-decision: admitted");
      assertThat(gate.metric("tidegate_admitted_total")).as(method).isEqualTo(before + 1);
    }
    for (String method : List.of("GET", "OPTIONS")) {
      double before = gate.metric("tidegate_offered_total");
      assertThat(answerTo(method)).doesNotContain("x-tidegate-decision");
      assertThat(gate.metric("tidegate_offered_total")).as(method).isEqualTo(before);
    }
  }

  private String answerTo(String method) {
    String asked = RawClient.chatRequest(TestGate.PLUS, TestGate.ask(3, false), "");
    try (RawClient client = gate.connect()) {
      return client.send(asked.replaceFirst("POST", method)).readAnswer();
    }
  }

  /** A stack that grows with each chunk would end the process. */
  @Test
  void passesChunksInAnyNumberOn() throws IOException {
    int count = 30_000;
    String body = TestGate.ask(3, false);
    try (RawClient client = gate.connect()) {
      client.send(
          "POST /v1/chat/completions HTTP/1.1\r\nHost: g\r\nAuthorization: Bearer "
              + TestGate.PLUS
              + "\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n"
              + Integer.toHexString(body.length())
              + "\r\n"
              + body
              + "\r\n"
              + "1\r\n \r\n".repeat(count)
              + "0\r\nX-Trailer: a\r\n\r\n");
      assertThat(client.readAnswer()).startsWith("HTTP/1.1 200 ").contains("t3");
    }
    assertThat(gate.lastRequest().path("body_bytes").asInt()).isEqualTo(body.length() + count);
  }

  @Test
  void passesOverABlankLineBehindABody() {
    String asked = RawClient.chatRequest(TestGate.PLUS, TestGate.ask(3, false), "");
    try (RawClient client = gate.connect()) {
      client.send(asked + "\r\n" + asked);
      assertThat(client.readAnswer()).startsWith("HTTP/1.1 200 ");
      assertThat(client.readAnswer()).startsWith("HTTP/1.1 200 ");
    }
  }

  /** Each byte a chunk of its own, and a chunk of two megabytes. */
  @Test
  void passesChunksOfAnySizeOn() throws IOException {
    String body = TestGate.ask(3, false);
    String tiny = body.replaceAll("(?s)(.)", "1\r\n$1\r\n");
    int length = 2 << 20;
    String large =
        Integer.toHexString(length) + "\r\n" + body + " ".repeat(length - body.length()) + "\r\n";
    for (String chunks : List.of(tiny, large)) {
      try (RawClient client = gate.connect()) {
        client.send(
            "POST /v1/chat/completions HTTP/1.1\r\nHost: g\r\nAuthorization: Bearer "
                + TestGate.PLUS
                + "\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n"
                + chunks
                + "0\r\n\r\n");
        assertThat(client.readAnswer()).startsWith("HTTP/1.1 200 ").contains("t3");
      }
    }
    assertThat(gate.lastRequest().path("body_bytes").asInt()).isEqualTo(length);
  }

  @Test
  void answersAHeadRequestWithoutABody() {
    try (RawClient client = gate.connect()) {
      client.send(
          "HEAD /v1/models HTTP/1.1\r\nHost: g\r\nConnection: close\r\nAuthorization: Bearer "
              + TestGate.PLUS
              + "\r\n\r\n");
      assertThat(client.readToEnd()).startsWith("HTTP/1.1 ").endsWith("\r\n\r\n");
    }
  }
}
