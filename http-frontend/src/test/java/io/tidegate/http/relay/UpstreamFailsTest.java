package io.tidegate.http.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.http.OnEachTransport;
import io.tidegate.http.RawClient;
import io.tidegate.http.TestGate;
import io.tidegate.http.config.upstream.UpstreamConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a client sees and what is counted when an upstream fails in one of its many ways. */
@OnEachTransport
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpstreamFailsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofSeconds(2);

  private TestGate gate;

  @BeforeAll
  void start() {
    gate =
        TestGate.start(
            UnaryOperator.identity(),
            config ->
                config.withTimeouts(config.timeouts().withFirstByte(SHORT, SHORT).withIdle(SHORT)));
  }

  @AfterAll
  void stop() {
    gate.close();
  }

  @Test
  void answers502WhenTheUpstreamResetsBeforeTheFirstByte() {
    double before = gate.outcomes("upstream-died");
    HttpResponse<String> answer = ask("reset");
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("\"type\":\"server_error\"", "\"code\":\"upstream_error\"");
    assertThat(answer.headers().firstValue("x-tidegate-reason")).contains("upstream");
    assertThat(answer.headers().firstValue("x-tidegate-decision")).contains("admitted");
    assertThat(answer.headers().firstValue("x-tidegate-class").orElseThrow()).startsWith("plus-");
    assertThat(answer.headers().firstValue("x-should-retry")).isEmpty();
    awaitOutcome("upstream-died", before + 1);
  }

  @Test
  void answers502WhenTheUpstreamSpeaksSomethingElse() {
    double before = gate.outcomes("upstream-died");
    assertThat(ask("garbage").statusCode()).isEqualTo(502);
    awaitOutcome("upstream-died", before + 1);
  }

  @Test
  void answers504WhenTheUpstreamSendsNothing() {
    double before = gate.outcomes("first-byte-timeout");
    HttpResponse<String> answer = ask("hang");
    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(answer.body()).contains("\"code\":\"upstream_timeout\"");
    assertThat(answer.headers().firstValue("x-tidegate-decision")).contains("admitted");
    awaitOutcome("first-byte-timeout", before + 1);
  }

  @Test
  void endsAStreamWithAnErrorEventWhenTheUpstreamResetsInTheMiddle() {
    double before = gate.outcomes("upstream-died");
    String seen = stream("reset-after=3,token-ms=50");
    assertThat(seen).contains("\" t2\"");
    assertEndsWithErrorEvent(seen, "upstream_error");
    awaitOutcome("upstream-died", before + 1);
  }

  @Test
  void endsAStreamWithAnErrorEventWhenTheUpstreamClosesInTheMiddle() {
    double before = gate.outcomes("upstream-died");
    assertEndsWithErrorEvent(stream("close-after=3,token-ms=50"), "upstream_error");
    awaitOutcome("upstream-died", before + 1);
  }

  @Test
  void endsAStreamWithAnErrorEventWhenHalfAChunkComesAndNoMore() {
    double before = gate.outcomes("idle-timeout");
    assertEndsWithErrorEvent(stream("half-chunk-after=3"), "upstream_timeout");
    awaitOutcome("idle-timeout", before + 1);
  }

  @Test
  void endsAStreamWithAnErrorEventWhenTheUpstreamStalls() {
    double before = gate.outcomes("idle-timeout");
    assertEndsWithErrorEvent(stream("stall-after=3"), "upstream_timeout");
    awaitOutcome("idle-timeout", before + 1);
  }

  @Test
  void passesTheUpstreamsOwn429OnAndLeavesItAloneForAsLongAsItSays() {
    try (TestGate alone = TestGate.start()) {
      HttpResponse<String> answer = hurried(alone, "status=429,retry-after=40");
      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.headers().firstValue("retry-after")).contains("40");
      assertThat(answer.headers().firstValue("x-tidegate-decision")).contains("admitted");
      double limit = alone.metric("tidegate_limit_seats");

      HttpResponse<String> next = hurried(alone, "output-tokens=1");
      assertThat(next.statusCode()).isEqualTo(503);
      assertThat(next.body()).contains("\"code\":\"no_upstream\"");
      assertThat(Integer.parseInt(next.headers().firstValue("retry-after").orElseThrow()))
          .isBetween(31, 40);
      assertThat(alone.outcomes("upstream-busy")).isEqualTo(1);
      assertThat(alone.metric("tidegate_upstream_backoffs_total", "sim")).isEqualTo(1);
      assertThat(alone.admin("/admin/v1/status").body()).contains("\"backing-off\"");
      assertThat(alone.metric("tidegate_limit_seats")).isEqualTo(limit);
    }
  }

  private static HttpResponse<String> hurried(TestGate gate, String script) {
    return gate.chat(TestGate.PLUS, TestGate.ask(10, true), Optional.of(script));
  }

  @Test
  void countsTheUpstreamsOwn500AsItsError() {
    double before = gate.outcomes("upstream-error");
    assertThat(ask("status=500").statusCode()).isEqualTo(500);
    awaitOutcome("upstream-error", before + 1);
  }

  @Test
  void answers503WithoutASeatWhenNoUpstreamCanBeReached() throws IOException {
    try (TestGate alone =
        TestGate.start(
            UnaryOperator.identity(),
            config -> config.withUpstreams(List.of(UpstreamConfig.of("nobody", deadAddress()))))) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(alone.admin("/readyz").statusCode()).isEqualTo(503));
      HttpResponse<String> answer =
          alone.chat(TestGate.PLUS, TestGate.ask(3, false), Optional.empty());
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("\"code\":\"no_upstream\"");
      assertThat(answer.headers().firstValue("retry-after")).contains("2");
      assertThat(alone.metric("tidegate_refused_total", "no-upstream", "plus")).isEqualTo(1);
      try (RawClient asking = alone.connect()) {
        String whole = RawClient.chatRequest(TestGate.PLUS, "{}", "Expect: 100-continue\r\n");
        asking.send(whole.substring(0, whole.length() - 2));
        assertThat(asking.readAnswer()).startsWith("HTTP/1.1 503 ");
      }
      assertThat(alone.inflightSeats()).isZero();
    }
  }

  @Test
  void answers502WhenTheUpstreamRefusesTheConnection() throws IOException {
    ServerSocket upstream = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    URI url = URI.create("http://127.0.0.1:" + upstream.getLocalPort());
    try (TestGate alone =
        TestGate.start(
            UnaryOperator.identity(),
            config -> config.withUpstreams(List.of(UpstreamConfig.of("doomed", url))))) {
      // Nobody has noticed yet that it is gone, unless the look every two seconds comes in between.
      for (int tries = 0; alone.outcomes("connect-failed") == 0 && tries < 5; tries++) {
        await().atMost(PATIENCE).until(() -> alone.admin("/readyz").statusCode() == 200);
        upstream.close();
        HttpResponse<String> answer =
            alone.chat(TestGate.PLUS, TestGate.ask(3, false), Optional.empty());
        assertThat(answer.statusCode()).isEqualTo(alone.outcomes("connect-failed") > 0 ? 502 : 503);
        upstream = new ServerSocket(upstream.getLocalPort(), 50, upstream.getInetAddress());
      }
      assertThat(alone.outcomes("connect-failed")).isEqualTo(1);
      assertThat(alone.inflightSeats()).isZero();
    } finally {
      upstream.close();
    }
  }

  @Test
  void takesAnotherUpstreamWhenOneCannotBeReached() {
    try (TestGate two =
        TestGate.start(
            UnaryOperator.identity(),
            config ->
                config.withUpstreams(
                    List.of(
                        UpstreamConfig.of("nobody", deadAddress()), config.upstreams().get(0))))) {
      for (int i = 0; i < 10; i++) {
        assertThat(two.chat(TestGate.PLUS, TestGate.ask(3, false), Optional.empty()).statusCode())
            .isEqualTo(200);
      }
      assertThat(two.admin("/readyz").statusCode()).isEqualTo(200);
    }
  }

  /** An address of this machine where nobody listens. */
  private static URI deadAddress() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpResponse<String> ask(String script) {
    return gate.chat(TestGate.PLUS, TestGate.ask(10, true), Optional.of(script));
  }

  private String stream(String script) {
    try (RawClient client = gate.connect()) {
      client.send(
          RawClient.chatRequest(
              TestGate.PLUS, TestGate.ask(10, true), "x-backend-script: " + script + "\r\n"));
      return client.readToEnd();
    }
  }

  private static void assertEndsWithErrorEvent(String seen, String code) {
    assertThat(seen).startsWith("HTTP/1.1 200").doesNotContain("[DONE]");
    List<String> events = seen.lines().filter(line -> line.startsWith("data: ")).toList();
    assertThat(events.get(events.size() - 1)).startsWith("data: {\"error\":{").contains(code);
  }

  private void awaitOutcome(String outcome, double count) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(gate.outcomes(outcome)).isEqualTo(count);
              assertThat(gate.inflightSeats()).isZero();
            });
  }
}
