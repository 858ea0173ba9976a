package io.tidegate.http.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.http.RawClient;
import io.tidegate.http.TestGate;
import io.tidegate.http.config.listen.AdminConfig;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The operator's port, as an operator, a scraper and a hostile web page meet it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminServerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

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
  void tellsThatItLivesAndIsReady() {
    assertThat(gate.admin("/healthz").body()).isEqualTo("ok\n");
    assertThat(gate.admin("/readyz").body()).isEqualTo("ready\n");
  }

  @Test
  void isNotReadyWithoutAHealthyUpstream() {
    try (TestGate lonely = TestGate.start()) {
      lonely.backend().close();
      await().atMost(PATIENCE).until(() -> lonely.admin("/readyz").statusCode() == 503);
      assertThat(lonely.admin("/readyz").body()).isEqualTo("no healthy upstream\n");
      assertThat(lonely.admin("/healthz").statusCode()).isEqualTo(200);
      assertThat(lonely.metric("tidegate_upstream_healthy")).isZero();
      HttpResponse<String> refusal =
          lonely.chat(TestGate.PLUS, TestGate.ask(1, true), Optional.empty());
      assertThat(refusal.statusCode()).isEqualTo(503);
      assertThat(refusal.headers().firstValue("x-tidegate-reason")).contains("no-upstream");
    }
  }

  @Test
  void namesItsSeriesAsPromised() {
    assertThat(
            gate.admin("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("# TYPE tidegate_"))
                .map(line -> line.substring("# TYPE tidegate_".length())))
        .containsExactlyInAnyOrder(
            "offered_total counter",
            "admitted_total counter",
            "refused_total counter",
            "completed_total counter",
            "left_queue_total counter",
            "inflight_seats gauge",
            "queue_length gauge",
            "queue_wait_seconds histogram",
            "open_sessions gauge",
            "limit_seats gauge",
            "reserve_seats gauge",
            "latched gauge",
            "streams_cut_total counter",
            "decision_seconds histogram",
            "time_to_first_token_seconds histogram",
            "time_per_output_token_seconds histogram",
            "request_duration_seconds histogram",
            "config_reload_success gauge",
            "upstream_inflight gauge",
            "upstream_healthy gauge",
            "upstream_ejections_total counter",
            "upstream_backoffs_total counter",
            "upstream_retries_total counter",
            "retries_denied_total counter",
            "hlog_failures_total counter",
            "access_log_lost_total counter",
            "spans_lost_total counter",
            "tokens_total counter",
            "signup_state gauge",
            "waitlist_length gauge");
  }

  @Test
  void showsEverySeriesFromTheStart() {
    try (TestGate fresh = TestGate.start()) {
      HttpResponse<String> page = fresh.admin("/metrics");
      assertThat(page.headers().firstValue("content-type").orElseThrow())
          .isEqualToIgnoringCase("text/plain; version=0.0.4; charset=utf-8");
      for (String tier : new String[] {"plus", "free", "new"}) {
        String label = "{tier=\"" + tier + "\"} ";
        assertThat(page.body())
            .contains("tidegate_offered_total" + label + "0")
            .contains("tidegate_admitted_total" + label + "0")
            .contains("tidegate_inflight_seats" + label + "0")
            .contains("tidegate_left_queue_total" + label + "0")
            .contains("tidegate_queue_length" + label + "0")
            .contains("tidegate_queue_wait_seconds_count" + label + "0")
            .contains("tidegate_open_sessions" + label + "0")
            .contains("tidegate_latched{class=\"" + tier + "-opening\"} 0")
            .contains("tidegate_time_to_first_token_seconds_count" + label + "0")
            .contains("tidegate_time_per_output_token_seconds_count" + label + "0");
        for (RefusalReason reason : RefusalReason.values()) {
          assertThat(page.body())
              .contains(
                  "tidegate_refused_total{reason=\"%s\",tier=\"%s\"} 0"
                      .formatted(reason.label(), tier));
        }
        for (Outcome outcome : Outcome.values()) {
          assertThat(page.body())
              .contains(
                  "tidegate_completed_total{outcome=\"%s\",tier=\"%s\"} 0"
                      .formatted(outcome.label(), tier))
              .contains(
                  "tidegate_request_duration_seconds_count{outcome=\"%s\",tier=\"%s\"} 0"
                      .formatted(outcome.label(), tier));
        }
      }
      assertThat(page.body())
          .contains("tidegate_limit_seats 40", "tidegate_reserve_seats 12")
          .contains("tidegate_decision_seconds_bucket{le=\"+Inf\"} 0")
          .contains("tidegate_streams_cut_total{cause=\"drain\"} 0")
          .contains("tidegate_streams_cut_total{cause=\"shed\"} 0")
          .contains("tidegate_upstream_inflight{upstream=\"sim\"} 0")
          .contains("tidegate_upstream_healthy{upstream=\"sim\"} 1")
          .contains("jvm_memory_used_bytes");
    }
  }

  @Test
  void countsWhatItHasServed() throws Exception {
    gate.chat(TestGate.FREE, TestGate.ask(3, true), Optional.empty());
    assertThat(gate.metric("tidegate_completed_total", "served", "free")).isEqualTo(1);
    assertThat(gate.metric("tidegate_time_to_first_token_seconds_count", "free")).isEqualTo(1);
    JsonNode status = new ObjectMapper().readTree(gate.admin("/admin/v1/status").body());
    assertThat(status.path("state").asText()).isEqualTo("serving");
    assertThat(status.path("limit_seats").asInt()).isEqualTo(40);
    assertThat(status.path("tiers").path("free").path("completed").path("served").asInt())
        .isEqualTo(1);
    assertThat(status.path("upstreams").path(0).path("healthy").asBoolean()).isTrue();
  }

  @Test
  void refusesToChangeAnythingForAWebPage() {
    assertThat(drain("Content-Type: text/plain\r\n", host())).startsWith("HTTP/1.1 403 ");
    assertThat(drain(json(), "evil.example")).startsWith("HTTP/1.1 403 ");
    assertThat(drain(json() + "Origin: http://evil.example\r\n", host()))
        .startsWith("HTTP/1.1 403 ")
        .contains("{\"error\":{");
    assertThat(drain(json() + "Origin: null\r\n", host())).startsWith("HTTP/1.1 403 ");
    assertThat(gate.admin("/readyz").statusCode()).isEqualTo(200);
  }

  @Test
  void drainsForAPageOfItsOwn() {
    try (TestGate own = TestGate.start()) {
      String host = "127.0.0.1:" + own.frontend().adminAddress().getPort();
      assertThat(drain(own, json() + "Origin: http://" + host + "\r\n", host))
          .startsWith("HTTP/1.1 202 ");
      assertThat(own.admin("/readyz").body()).isEqualTo("draining\n");
    }
  }

  /** Shown red by an answer before the body: Pekko then warns and closes the connection. */
  @Test
  void readsTheBodyBeforeItAnswers() {
    try (RawClient client = RawClient.connect(gate.frontend().adminAddress().getPort())) {
      client.send("POST /admin/v1/status HTTP/1.1\r\nHost: g\r\nContent-Length: 2\r\n\r\n");
      gate.admin("/healthz"); // so that the head comes first, if the machine is not very busy
      client.send("{}GET /healthz HTTP/1.1\r\nHost: g\r\n\r\n");
      assertThat(client.readAnswer()).startsWith("HTTP/1.1 405 ").doesNotContain("close");
      assertThat(client.readAnswer()).startsWith("HTTP/1.1 200 ").endsWith("ok\n");
    }
  }

  @Test
  void readsNoLongBody() {
    try (RawClient client = RawClient.connect(gate.frontend().adminAddress().getPort())) {
      client.send("POST /admin/v1/drain HTTP/1.1\r\nHost: g\r\nContent-Length: 70000\r\n\r\n");
      client.send("x".repeat(70_000));
      assertThat(client.readAnswer()).startsWith("HTTP/1.1 400 ");
    }
    assertThat(gate.admin("/readyz").statusCode()).isEqualTo(200);
  }

  @Test
  void closesAConnectionThatSaysNothingAnyMore() {
    Duration brief = Duration.ofMillis(300);
    try (TestGate hasty =
            TestGate.start(
                UnaryOperator.identity(),
                config -> config.withTimeouts(config.timeouts().withKeepAlive(brief)));
        RawClient silent = RawClient.connect(hasty.frontend().adminAddress().getPort());
        RawClient half = RawClient.connect(hasty.frontend().adminAddress().getPort())) {
      half.send("GET /healthz HTTP/1.1\r\nHost:");
      assertThat(silent.readToEnd()).isEmpty();
      assertThat(half.readToEnd()).doesNotContain("200");
    }
  }

  /** Shown red by a port that takes any number: the one too many is answered at once. */
  @Test
  void answersSoManyConnectionsAndNoMore() {
    String asked = "GET /healthz HTTP/1.1\r\nHost: g\r\n\r\n";
    List<RawClient> others = new ArrayList<>();
    try (TestGate busy = TestGate.start()) {
      int port = busy.frontend().adminAddress().getPort();
      for (int i = 0; i < AdminServer.MAX_CONNECTIONS; i++) {
        others.add(RawClient.connect(port).send(asked));
        assertThat(others.get(i).readAnswer()).startsWith("HTTP/1.1 200 ");
      }
      RawClient last = RawClient.connect(port).send(asked);
      others.add(last);
      CompletableFuture<String> answer = CompletableFuture.supplyAsync(last::readAnswer);
      assertThat(answer.copy().completeOnTimeout("", 300, TimeUnit.MILLISECONDS).join()).isEmpty();
      others.get(0).close();
      assertThat(answer.join()).startsWith("HTTP/1.1 200 ");
    } finally {
      others.forEach(RawClient::close);
    }
  }

  @Test
  void wantsTheTokenWhereOneIsSet() {
    AdminConfig secret = AdminConfig.defaults().withPort(0).withToken("s3cret");
    try (TestGate guarded =
        TestGate.start(UnaryOperator.identity(), config -> config.withAdmin(secret))) {
      assertThat(post(guarded, "Bearer wrong").statusCode()).isEqualTo(403);
      assertThat(post(guarded, "s3cret").statusCode()).isEqualTo(403);
      assertThat(guarded.admin("/readyz").statusCode()).isEqualTo(200);
      assertThat(guarded.admin("/metrics").statusCode()).isEqualTo(200);
      assertThat(post(guarded, "Bearer s3cret").statusCode()).isEqualTo(202);
    }
  }

  @Test
  void answersWhatItDoesNotKnowInJson() {
    HttpResponse<String> missing = gate.admin("/nothing");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.headers().firstValue("content-type")).contains("application/json");
    assertThat(missing.body()).startsWith("{\"error\":{");
    HttpResponse<String> mistaken = gate.admin("/admin/v1/drain");
    assertThat(mistaken.statusCode()).isEqualTo(405);
    assertThat(mistaken.headers().firstValue("content-type")).contains("application/json");
    assertThat(mistaken.body()).startsWith("{\"error\":{");
  }

  private String host() {
    return "127.0.0.1:" + gate.frontend().adminAddress().getPort();
  }

  private static String json() {
    return "Content-Type: application/json\r\n";
  }

  private String drain(String headers, String host) {
    return drain(gate, headers, host);
  }

  private static String drain(TestGate asked, String headers, String host) {
    try (RawClient client = RawClient.connect(asked.frontend().adminAddress().getPort())) {
      client.send(
          "POST /admin/v1/drain HTTP/1.1\r\nHost: "
              + host
              + "\r\n"
              + headers
              + "Content-Length: 2\r\n\r\n{}");
      return client.readAnswer();
    }
  }

  private static HttpResponse<String> post(TestGate guarded, String authorization) {
    return TestGate.send(
        HttpRequest.newBuilder(URI.create(guarded.adminUrl() + "/admin/v1/drain"))
            .header("authorization", authorization)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build());
  }
}
