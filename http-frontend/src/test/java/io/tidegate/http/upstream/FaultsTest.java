package io.tidegate.http.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.http.RawClient;
import io.tidegate.http.TestGate;
import io.tidegate.http.config.upstream.HealthConfig;
import io.tidegate.http.config.upstream.UpstreamConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * The rows of {@code docs/faults.md} that have one upstream and no other, on real sockets: what the
 * client sees and what is counted. Nothing is held afterwards.
 */
class FaultsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final StubUpstream.Behaviour GOOD = StubUpstream.answers(200, "", "{\"ok\":1}");

  /** Head and first events of a stream that does not end by itself. */
  private static final StubUpstream.Behaviour STREAM_BEGINS =
      (connection, out, target) -> {
        out.write(
            String.join(
                    "\r\n",
                    "HTTP/1.1 200 OK",
                    "Content-Type: text/event-stream",
                    "Transfer-Encoding: chunked",
                    "",
                    "9",
                    "data: 1\n\n",
                    "")
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
      };

  @Test
  void killedBeforeTheAnswerItIsDownAndBackAgainByItself() {
    try (StubUpstream upstream = StubUpstream.start(GOOD);
        TestGate gate = gate(upstream)) {
      assertThat(chat(gate).statusCode()).isEqualTo(200);
      upstream.kill();
      awaitHealthy(gate, 0);
      HttpResponse<String> answer = chat(gate);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("\"code\":\"no_upstream\"");
      assertThat(gate.admin("/readyz").statusCode()).isEqualTo(503);
      upstream.restart();
      awaitHealthy(gate, 1);
      assertThat(chat(gate).statusCode()).isEqualTo(200);
      assertThat(gate.inflightSeats()).isZero();
    }
  }

  @Test
  void killedInTheMiddleOfAStreamItEndsWithAnErrorEvent() {
    try (StubUpstream upstream = StubUpstream.start(STREAM_BEGINS);
        TestGate gate = gate(upstream);
        RawClient client = gate.connect()) {
      client.send(RawClient.chatRequest(TestGate.PLUS, TestGate.ask(5, true), ""));
      assertThat(client.readUntil("data: 1")).contains("200 OK");
      upstream.kill();
      assertThat(client.readToEnd()).contains("data: {\"error\":{", "upstream_error");
      awaitOutcome(gate, "upstream-died");
    }
  }

  @Test
  void hangingBeforeTheAnswerIsATimeOutAlsoWhereTheBodyCameInPieces() {
    try (StubUpstream upstream = StubUpstream.start(StubUpstream.HANGS);
        TestGate gate = gate(upstream);
        RawClient client = gate.connect()) {
      String request = RawClient.chatRequest(TestGate.PLUS, TestGate.ask(5, true), "");
      client.send(request.substring(0, request.length() - 10));
      await().atMost(PATIENCE).until(() -> gate.frontend().connections() == 1);
      client.send(request.substring(request.length() - 10));
      assertThat(client.readAnswer()).startsWith("HTTP/1.1 504 ").contains("upstream_timeout");
      awaitOutcome(gate, "first-byte-timeout");
    }
  }

  @Test
  void hangingInTheMiddleOfAStreamItEndsWithAnErrorEvent() {
    try (StubUpstream upstream =
            StubUpstream.start(
                (connection, out, target) -> {
                  STREAM_BEGINS.answer(connection, out, target);
                  StubUpstream.HANGS.answer(connection, out, target);
                });
        TestGate gate = gate(upstream)) {
      assertThat(stream(gate)).contains("data: {\"error\":{", "upstream_timeout");
      awaitOutcome(gate, "idle-timeout");
    }
  }

  @Test
  void resettingBeforeTheAnswerIsA502() {
    try (StubUpstream upstream = StubUpstream.start(StubUpstream.RESETS);
        TestGate gate = gate(upstream)) {
      HttpResponse<String> answer = chat(gate);
      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(answer.body()).contains("upstream_error");
      awaitOutcome(gate, "upstream-died");
      assertThat(upstream.requests()).isEqualTo(1);
    }
  }

  /** The kernel takes the connection and the bytes, and nobody is there. */
  @Test
  void halfOpenIsATimeOutAndItsHealthIsSeenToBeGone() throws IOException {
    try (ServerSocket deaf = new ServerSocket(0, 200, InetAddress.getLoopbackAddress())) {
      URI url = URI.create("http://127.0.0.1:" + deaf.getLocalPort());
      HealthConfig looks = new HealthConfig(Optional.of("/health"), Duration.ofSeconds(1));
      try (TestGate gate = gate(UpstreamConfig.of("u", url).withHealth(looks))) {
        assertThat(chat(gate).statusCode()).isEqualTo(504);
        awaitOutcome(gate, "first-byte-timeout");
        awaitHealthy(gate, 0);
        assertThat(chat(gate).statusCode()).isEqualTo(503);
      }
    }
  }

  @Test
  void unwellByItsOwnWordItGetsNothingUntilItIsWell() {
    try (StubUpstream upstream = StubUpstream.start(StubUpstream.answers(500, "", "{}"))) {
      HealthConfig looks = new HealthConfig(Optional.of("/health"), Duration.ofMillis(200));
      try (TestGate gate = gate(UpstreamConfig.of("u", upstream.url()).withHealth(looks))) {
        awaitHealthy(gate, 0);
        assertThat(chat(gate).statusCode()).isEqualTo(503);
        assertThat(upstream.requests()).isZero();
        assertThat(gate.admin("/admin/v1/status").body()).contains("/health answered 500");
        upstream.behave(GOOD);
        awaitHealthy(gate, 1);
        assertThat(chat(gate).statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void dripsForLongerThanAnyAnswerMayTakeItEndsWithAnErrorEvent() {
    try (StubUpstream upstream =
            StubUpstream.start(
                (connection, out, target) -> {
                  STREAM_BEGINS.answer(connection, out, target);
                  connection.setSoTimeout(100);
                  while (true) {
                    out.write("9\r\ndata: 2\n\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    pause(connection);
                  }
                });
        TestGate gate =
            TestGate.start(
                UnaryOperator.identity(),
                config ->
                    config
                        .withTimeouts(config.timeouts().withTotal(SHORT))
                        .withUpstreams(List.of(UpstreamConfig.of("u", upstream.url()))))) {
      assertThat(stream(gate)).contains("data: 2", "data: {\"error\":{", "upstream_timeout");
      awaitOutcome(gate, "total-timeout");
    }
  }

  @Test
  void garbageIsA502() {
    try (StubUpstream upstream =
            StubUpstream.start(
                (connection, out, target) -> {
                  out.write("SSH-2.0-OpenSSH_9.6\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                  out.flush();
                });
        TestGate gate = gate(upstream)) {
      assertThat(chat(gate).statusCode()).isEqualTo(502);
      awaitOutcome(gate, "upstream-died");
    }
  }

  private static void pause(java.net.Socket connection) throws IOException {
    try {
      connection.getInputStream().read();
    } catch (java.net.SocketTimeoutException nothingSaid) {
      return;
    }
  }

  private static TestGate gate(StubUpstream upstream) {
    return gate(UpstreamConfig.of("u", upstream.url()));
  }

  private static TestGate gate(UpstreamConfig upstream) {
    return TestGate.start(
        UnaryOperator.identity(),
        config ->
            config
                .withTimeouts(config.timeouts().withFirstByte(SHORT, SHORT).withIdle(SHORT))
                .withUpstreams(List.of(upstream)));
  }

  private static HttpResponse<String> chat(TestGate gate) {
    return gate.chat(TestGate.PLUS, TestGate.ask(5, false), Optional.empty());
  }

  private static String stream(TestGate gate) {
    try (RawClient client = gate.connect()) {
      return client
          .send(RawClient.chatRequest(TestGate.PLUS, TestGate.ask(5, true), ""))
          .readToEnd();
    }
  }

  private static void awaitHealthy(TestGate gate, double healthy) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(gate.metric("tidegate_upstream_healthy", "u")).isEqualTo(healthy));
  }

  private static void awaitOutcome(TestGate gate, String outcome) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(gate.outcomes(outcome)).isEqualTo(1);
              assertThat(gate.inflightSeats()).isZero();
              assertThat(gate.metric("tidegate_upstream_inflight")).isZero();
            });
  }
}
