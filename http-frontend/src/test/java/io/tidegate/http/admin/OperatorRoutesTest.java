package io.tidegate.http.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tidegate.http.TestGate;
import io.tidegate.http.config.listen.HealthConfig;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What an operator changes while the gate runs. */
class OperatorRoutesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Logger AUDIT = (Logger) LoggerFactory.getLogger("io.tidegate.audit");

  private final ListAppender<ILoggingEvent> audit = new ListAppender<>();
  private TestGate gate;

  @BeforeEach
  void start() {
    audit.start();
    AUDIT.addAppender(audit);
    gate = TestGate.start();
  }

  @AfterEach
  void stop() {
    gate.close();
    AUDIT.detachAppender(audit);
  }

  @Test
  void changesTheLimitAndLeavesAnAuditLine() {
    assertThat(gate.admin("/admin/v1/limit").body())
        .contains("\"mode\":\"fixed\"", "\"seats\":40", "\"reserve\":12");
    HttpResponse<String> answer = put("/admin/v1/limit", "{\"seats\": 50, \"reserve\": \"auto\"}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("limit.seats: 40 -> 50", "limit.reserve: 12 -> auto");
    await().atMost(PATIENCE).until(() -> gate.metric("tidegate_limit_seats") == 50);
    assertThat(gate.admin("/admin/v1/limit").body()).contains("\"seats\":50");
    assertThat(audit.list)
        .anyMatch(line -> line.getFormattedMessage().contains("limit.seats: 40 -> 50"));
  }

  @Test
  void refusesALimitThatTheFileCouldNotHave() {
    HttpResponse<String> answer = put("/admin/v1/limit", "{\"seats\": 0}");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("limit.seats: 0 is out of range, allowed 1 to 1000000");
    assertThat(put("/admin/v1/limit", "{\"seat\": 1}").body()).contains("did you mean `seats`?");
    assertThat(put("/admin/v1/limit", "seats").statusCode()).isEqualTo(422);
    assertThat(put("/admin/v1/limit", "[]").statusCode()).isEqualTo(422);
    assertThat(gate.metric("tidegate_limit_seats")).isEqualTo(40);
  }

  @Test
  void readsNoEnvironmentAndNoFileForACaller() {
    assertThat(put("/admin/v1/limit", "{\"mode\": \"${file:/etc/hostname}\"}").body())
        .contains("`${file:/etc/hostname}` is no mode");
    assertThat(put("/admin/v1/limit", "{\"mode\": \"${HOME}\"}").body())
        .contains("`${HOME}` is no mode");
  }

  @Test
  void changesWhatATierIsEntitledTo() {
    assertThat(gate.admin("/admin/v1/tiers/free").body())
        .contains("\"requests_per_minute\":\"unlimited\"");
    assertThat(chat()).isEqualTo(200);
    assertThat(put("/admin/v1/tiers/free", "{\"requests_per_minute\": 1}").body())
        .contains("tiers.free.requests_per_minute: unlimited -> 1");
    assertThat(chat()).isEqualTo(200);
    assertThat(chat()).isEqualTo(429);
    assertThat(put("/admin/v1/tiers/free", "{\"requests_per_minute\": null}").statusCode())
        .isEqualTo(200);
    assertThat(chat()).isEqualTo(200);
    put("/admin/v1/tiers/free", "{\"max_wait\": {\"opening\": \"9s\"}}");
    assertThat(gate.admin("/admin/v1/tiers/free").body())
        .contains("\"opening\":\"9s\"", "\"continuing\":\"2s\"");
  }

  @Test
  void knowsNoOtherTiers() {
    assertThat(gate.admin("/admin/v1/tiers/gold").statusCode()).isEqualTo(404);
    assertThat(put("/admin/v1/tiers/gold", "{}").statusCode()).isEqualTo(404);
    assertThat(gate.admin("/admin/v1/tiers/").statusCode()).isEqualTo(404);
    assertThat(gate.admin("/admin/v1/tiers/free/x").statusCode()).isEqualTo(404);
  }

  @Test
  void letsNoWebPageChangeAnything() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(gate.adminUrl() + "/admin/v1/limit"))
            .header("content-type", "text/plain")
            .PUT(HttpRequest.BodyPublishers.ofString("{\"seats\": 1}"))
            .build();
    assertThat(TestGate.send(request).statusCode()).isEqualTo(403);
    assertThat(audit.list).anyMatch(line -> line.getFormattedMessage().contains("refused"));
  }

  @Test
  void takesTheFilesWordBackAtAReload() throws Exception {
    put("/admin/v1/limit", "{\"seats\": 50}");
    assertThat(gate.frontend().reload("test").changed()).contains("limit.seats: 50 -> 40");
  }

  @Test
  void servesHealthOnAPortOfItsOwn() {
    try (TestGate apart =
        TestGate.start(
            UnaryOperator.identity(),
            config ->
                config.withAdmin(config.admin().withHealth(new HealthConfig("127.0.0.1", 0))))) {
      String url = "http://127.0.0.1:" + apart.frontend().healthAddress().getPort();
      for (String path : new String[] {"/healthz", "/readyz", "/metrics"}) {
        assertThat(TestGate.send(HttpRequest.newBuilder(URI.create(url + path)).build()))
            .returns(200, HttpResponse::statusCode);
        assertThat(apart.admin(path).statusCode()).isEqualTo(404);
      }
      assertThat(
              TestGate.send(HttpRequest.newBuilder(URI.create(url + "/admin/v1/status")).build()))
          .returns(404, HttpResponse::statusCode);
    }
  }

  private int chat() {
    return gate.chat(TestGate.FREE, TestGate.ask(1, false), Optional.empty()).statusCode();
  }

  private HttpResponse<String> put(String path, String body) {
    return TestGate.send(
        HttpRequest.newBuilder(URI.create(gate.adminUrl() + path))
            .header("content-type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }
}
