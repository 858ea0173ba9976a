package io.tidegate.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.engine.signup.ledger.PlanTerms;
import io.tidegate.engine.signup.watch.GateFiles;
import io.tidegate.engine.signup.watch.Gates;
import io.tidegate.engine.telemetry.EngineSnapshot;
import io.tidegate.engine.telemetry.HistogramSnapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does to the sale of plans. */
class SignupCallsTest {
  private static final EngineSnapshot NOTHING =
      new EngineSnapshot(
          List.of(),
          0,
          OptionalInt.empty(),
          0,
          Map.of(),
          Map.of(),
          new HistogramSnapshot(List.of(), 0, 0),
          Map.of());

  @TempDir private Path folder;
  private ActorSystem<Void> system;

  @AfterEach
  void end() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }

  @Test
  void pausesAndResumesOnePlanOrAll() throws Exception {
    SignupCalls calls = calls(0);

    JsonNode one = json(answer(calls, "pause", "{\"plan\":\"plus\",\"reason\":\"full\"}"));
    assertThat(one.at("/plans/plus/state").asText()).isEqualTo("paused");
    assertThat(one.at("/plans/plus/cause").asText()).isEqualTo("manual");
    assertThat(one.at("/plans/plus/reason").asText()).isEqualTo("full");
    assertThat(one.path("plans")).hasSize(1);
    JsonNode all = json(answer(calls, "resume", ""));
    assertThat(all.path("plans"))
        .hasSize(2)
        .allMatch(plan -> plan.path("state").asText().equals("open"));
  }

  @Test
  void announcesAndTakesBack() throws Exception {
    SignupCalls calls = calls(0);

    JsonNode announced =
        json(
            answer(
                calls,
                "schedule",
                "{\"at\":\"1970-01-01T02:00:00+01:00\",\"until\":\"1970-01-01T03:00:00Z\"}"));
    assertThat(announced.at("/plans/plus/announced/state").asText()).isEqualTo("paused");
    assertThat(announced.at("/plans/plus/announced/at").asText()).isEqualTo("1970-01-01T01:00:00Z");
    assertThat(announced.at("/plans/plus/state").asText()).isEqualTo("open");
    JsonNode back = json(answer(calls, "schedule", "{}"));
    assertThat(back.at("/plans/plus/announced").isNull()).isTrue();
  }

  @Test
  void keepsAPauseOverARestart() throws Exception {
    json(answer(calls(0), "pause", "{\"until\":\"1970-01-01T03:00:00Z\"}"));
    end();

    JsonNode again = json(answer(calls(60_000), "resume", "{\"plan\":\"free\"}"));
    assertThat(again.at("/plans/free/state").asText()).isEqualTo("open");
    end();
    Gates gates = gates(60_000);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(gates.views())
                    .extracting(view -> view.state().label())
                    .containsExactly("paused", "open"));
  }

  @Test
  void saysWhatIsWrongAndChangesNothing() {
    SignupCalls calls = calls(7_200_000);

    assertThat(answer(calls, "pause", "{\"plan\":\"gold\"}").status().intValue()).isEqualTo(404);
    assertThat(refusal(calls, "pause", "{\"untill\":1}")).contains("`untill` is unknown");
    assertThat(refusal(calls, "pause", "{\"until\":\"tomorrow\"}")).contains("2026-11-24T18");
    assertThat(refusal(calls, "pause", "{\"until\":\"1970-01-01T01:00:00Z\"}")).contains("ends");
    assertThat(refusal(calls, "pause", "{\"at\":\"1970-01-01T01:00:00Z\"}")).contains("future");
    assertThat(refusal(calls, "resume", "{\"until\":\"1971-01-01T01:00:00Z\"}")).contains("until");
    assertThat(refusal(calls, "pause", "{\"reason\":\"" + "x".repeat(501) + "\"}"))
        .contains("1 to 500");
    assertThat(refusal(calls, "pause", "[1]")).contains("object");
    assertThat(refusal(calls, "pause", "{")).contains("JSON");
  }

  private SignupCalls calls(long nowEpochMillis) {
    return new SignupCalls(gates(nowEpochMillis));
  }

  private Gates gates(long nowEpochMillis) {
    system = ActorSystem.create(Behaviors.empty(), "signups");
    return Gates.start(
        system,
        List.of(PlanTerms.of("plus"), PlanTerms.of("free")),
        Optional.of("new"),
        new GateFiles(folder, Runnable::run),
        () -> NOTHING,
        () -> 0,
        () -> nowEpochMillis);
  }

  private static HttpResponse answer(SignupCalls calls, String name, String body) {
    return calls.all().stream()
        .filter(route -> route.isAt("/admin/v1/signups/" + name))
        .findFirst()
        .orElseThrow()
        .handler()
        .answer(new AdminRoute.Request("", "", body));
  }

  private static String refusal(SignupCalls calls, String name, String body) {
    HttpResponse answer = answer(calls, name, body);
    assertThat(answer.status().intValue()).isEqualTo(400);
    return text(answer);
  }

  private static JsonNode json(HttpResponse answer) throws Exception {
    assertThat(answer.status().intValue()).as(text(answer)).isEqualTo(200);
    return new ObjectMapper().readTree(text(answer));
  }

  private static String text(HttpResponse answer) {
    return ((HttpEntity.Strict) answer.entity()).getData().utf8String();
  }
}
