package io.tidegate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.http.config.admission.limit.LimitConfig;
import io.tidegate.http.config.upstream.UpstreamConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A drain lets what runs finish, tells those who come late, and cuts only at its deadline. */
@OnEachTransport
class DrainTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int STREAMS = 200;

  /** More than two small sockets hold. */
  private static final int LARGE_ANSWER_BYTES = 25 * 4_096;

  @Test
  void letsTwoHundredStreamsFinishAndRefusesNewOnesMeanwhile() {
    try (TestGate gate = start()) {
      List<CompletableFuture<String>> streams = openStreams(gate, "token-ms=120");
      CompletableFuture<DrainReport> drain = gate.frontend().drain(PATIENCE).toCompletableFuture();

      HttpResponse<String> late = gate.chat(TestGate.PLUS, TestGate.ask(5, true), Optional.empty());
      assertThat(late.statusCode()).isEqualTo(503);
      assertThat(late.headers().firstValue("connection")).contains("close");
      assertThat(late.headers().firstValue("retry-after")).contains("1");
      assertThat(late.headers().firstValue("x-should-retry")).contains("true");
      assertThat(late.body()).contains("\"code\":\"draining\"");
      assertThat(gate.admin("/readyz").statusCode()).isEqualTo(503);
      assertThat(gate.admin("/healthz").statusCode()).isEqualTo(200);

      assertThat(streams).allSatisfy(s -> assertThat(s.join()).contains("data: [DONE]"));
      assertThat(drain.join()).isEqualTo(new DrainReport(STREAMS, 0));
      assertThat(gate.metric("tidegate_streams_cut_total")).isZero();
    }
  }

  @Test
  void cutsAndCountsWhatStillRunsAtTheDeadline() {
    try (TestGate gate = start()) {
      List<CompletableFuture<String>> streams = openStreams(gate, "token-ms=1000");
      CompletableFuture<DrainReport> drain = gate.frontend().drain(PATIENCE).toCompletableFuture();
      gate.frontend().drain(Duration.ZERO);

      assertThat(drain.join()).isEqualTo(new DrainReport(0, STREAMS));
      assertThat(streams)
          .allSatisfy(
              s ->
                  assertThat(s.join())
                      .contains("data: {\"error\":{")
                      .contains("\"code\":\"draining\"")
                      .doesNotContain("[DONE]"));
      assertThat(gate.metric("tidegate_streams_cut_total", "drain")).isEqualTo(STREAMS);
      assertThat(gate.metric("tidegate_streams_cut_total", "shed")).isZero();
      assertThat(gate.inflightSeats()).isZero();
    }
  }

  /**
   * The upstream has said its last and the seat is free, but the client has not read it. Shown red
   * by a drain that waits for seats alone: it ends after two seconds, and the answer is lost.
   */
  @Test
  void waitsForAClientThatIsStillReading() {
    try (TestGate gate = start();
        RawClient slow = unreadAnswer(gate)) {
      CompletableFuture<DrainReport> drain = gate.frontend().drain(PATIENCE).toCompletableFuture();
      DrainReport tooEarly = new DrainReport(-1, -1);
      assertThat(drain.copy().completeOnTimeout(tooEarly, 3, TimeUnit.SECONDS).join())
          .isEqualTo(tooEarly);

      assertThat(slow.readToEnd()).endsWith("}").hasSizeGreaterThan(LARGE_ANSWER_BYTES);
      assertThat(drain.join()).isEqualTo(new DrainReport(1, 0));
    }
  }

  @Test
  void countsAnAnswerThatItsClientHasNotReadByTheDeadline() {
    try (TestGate gate = start()) {
      RawClient stuck = unreadAnswer(gate);
      DrainReport report = gate.frontend().drain(Duration.ZERO).toCompletableFuture().join();
      assertThat(report).isEqualTo(new DrainReport(0, 1));
      stuck.close();
    }
  }

  /** Shown red by a drain that waits for seats alone. */
  @Test
  void waitsForReadsThatTakeNoSeat() throws IOException {
    try (HeldUpstream upstream = new HeldUpstream();
        TestGate gate = startBefore(upstream);
        RawClient reader = openRead(gate)) {
      CompletableFuture<DrainReport> drain = gate.frontend().drain(PATIENCE).toCompletableFuture();
      assertThat(gate.inflightSeats()).isZero();
      await().atMost(PATIENCE).until(() -> gate.admin("/readyz").statusCode() == 503);
      DrainReport tooEarly = new DrainReport(-1, -1);
      assertThat(drain.copy().completeOnTimeout(tooEarly, 3, TimeUnit.SECONDS).join())
          .isEqualTo(tooEarly);

      upstream.letGo();
      assertThat(reader.readAnswer()).startsWith("HTTP/1.1 200 ");
      assertThat(drain.join()).isEqualTo(new DrainReport(1, 0));
    }
  }

  @Test
  void countsReadsThatItCuts() throws IOException {
    try (HeldUpstream upstream = new HeldUpstream();
        TestGate gate = startBefore(upstream);
        RawClient reader = openRead(gate)) {
      DrainReport report = gate.frontend().drain(Duration.ZERO).toCompletableFuture().join();
      assertThat(report).isEqualTo(new DrainReport(0, 1));
      assertThat(reader.readToEnd()).startsWith("HTTP/1.1 503 ").contains("draining");
    }
  }

  @Test
  void canBeBegunOnTheAdminPort() {
    try (TestGate gate = start()) {
      HttpResponse<String> answer =
          TestGate.send(
              HttpRequest.newBuilder(URI.create(gate.adminUrl() + "/admin/v1/drain"))
                  .header("content-type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString("{}"))
                  .build());
      assertThat(answer.statusCode()).isEqualTo(202);
      assertThat(answer.body()).contains("\"draining\"");
    }
  }

  private static TestGate start() {
    return TestGate.start(
        UnaryOperator.identity(),
        config -> config.withLimit(LimitConfig.fixed(2 * STREAMS).withReserve(0)));
  }

  /** A client whose answer the upstream has given, and which has not read all of it. */
  private static RawClient unreadAnswer(TestGate gate) {
    RawClient client =
        RawClient.connect(gate.port(), 4_096)
            .send(
                RawClient.chatRequest(
                    TestGate.PLUS,
                    TestGate.ask(25, false),
                    "x-backend-script: token-ms=0,token-bytes=4096,output-tokens=25\r\n"));
    await().atMost(PATIENCE).until(() -> gate.outcomes("served") == 1);
    return client;
  }

  private static TestGate startBefore(HeldUpstream upstream) {
    return TestGate.start(
        UnaryOperator.identity(),
        config -> config.withUpstreams(List.of(UpstreamConfig.of("held", upstream.url()))));
  }

  private static RawClient openRead(TestGate gate) {
    RawClient client =
        gate.connect()
            .send(
                "GET /v1/models HTTP/1.1\r\nHost: g\r\nAuthorization: Bearer "
                    + TestGate.PLUS
                    + "\r\n\r\n");
    await().atMost(PATIENCE).until(() -> gate.frontend().running() == 1);
    return client;
  }

  private static List<CompletableFuture<String>> openStreams(TestGate gate, String script) {
    List<CompletableFuture<String>> streams = new ArrayList<>();
    for (int i = 0; i < STREAMS; i++) {
      RawClient client = gate.connect();
      client.send(
          RawClient.chatRequest(
              TestGate.PLUS,
              TestGate.ask(100, true),
              "Connection: close\r\nx-backend-script: " + script + ",output-tokens=100\r\n"));
      streams.add(
          CompletableFuture.supplyAsync(
              () -> {
                try (client) {
                  return client.readToEnd();
                }
              },
              command -> new Thread(command).start()));
    }
    await().atMost(PATIENCE).until(() -> gate.inflightSeats() == STREAMS);
    // A stream that has not begun may still be answered with a plain error.
    await()
        .atMost(PATIENCE)
        .until(() -> gate.metric("tidegate_time_to_first_token_seconds_count") == STREAMS);
    return streams;
  }
}
