package io.tidegate.http.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.http.TestGate;
import io.tidegate.http.config.upstream.RetryOn;
import io.tidegate.http.config.upstream.UpstreamConfig;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of requests where there is more than one upstream, on real sockets. */
class SeveralUpstreamsTest {

  private static final StubUpstream.Behaviour GOOD = StubUpstream.answers(200, "", "{\"ok\":1}");

  private final StubUpstream one = StubUpstream.start(GOOD);
  private final StubUpstream two = StubUpstream.start(GOOD);
  private TestGate gate;

  @AfterEach
  void stop() {
    gate.close();
    one.close();
    two.close();
  }

  @Test
  void sendsEachModelToWhoServesIt() {
    start(
        List.of(
            config("one", one).withModels(List.of("gpt-*")),
            config("two", two).withModels(List.of("llama-*", "mistral"))));
    assertThat(chat("gpt-5").statusCode()).isEqualTo(200);
    assertThat(chat("mistral").statusCode()).isEqualTo(200);
    assertThat(chat("llama-4").statusCode()).isEqualTo(200);
    assertThat(read("/v1/models/gpt-5").statusCode()).isEqualTo(200);
    assertThat(one.requests()).isEqualTo(2);
    assertThat(two.requests()).isEqualTo(2);
  }

  @Test
  void refusesAModelThatNobodyServesWithoutASeat() {
    start(List.of(config("one", one).withModels(List.of("gpt-*"))));
    HttpResponse<String> answer = chat("claude");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body())
        .contains("\"type\":\"invalid_request_error\"", "\"code\":\"model_not_found\"");
    assertThat(answer.headers().firstValue("x-tidegate-reason")).contains("no-model");
    assertThat(answer.headers().firstValue("x-should-retry")).contains("false");
    assertThat(gate.metric("tidegate_refused_total", "no-model", "plus")).isEqualTo(1);
    assertThat(read("/v1/models/claude").statusCode()).isEqualTo(404);
    assertThat(one.requests()).isZero();
  }

  @Test
  void listsTheModelsOfAll() throws Exception {
    one.behave(list("gpt-5", "secret", "shared"));
    two.behave(list("shared", "llama-4"));
    try (StubUpstream broken = StubUpstream.start(StubUpstream.answers(500, "", "no"));
        StubUpstream odd = StubUpstream.start(StubUpstream.answers(200, "", "[\"no list"))) {
      start(
          List.of(
              config("one", one).withModels(List.of("gpt-*", "shared")),
              config("two", two),
              config("broken", broken),
              config("odd", odd)));
      for (int i = 0; i < 5; i++) {
        HttpResponse<String> answer = read("/v1/models");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-request-id")).isPresent();
        assertThat(new ObjectMapper().readTree(answer.body()).get("data").findValuesAsText("id"))
            .containsExactly("gpt-5", "shared", "llama-4");
      }
      assertThat(one.modelLists()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void saysSoWhereNobodyTellsItsModels() {
    one.behave(StubUpstream.RESETS);
    two.behave(StubUpstream.answers(404, "", "{}"));
    start(List.of(config("one", one), config("two", two)));
    assertThat(read("/v1/models").statusCode()).isEqualTo(502);
  }

  @ParameterizedTest
  @EnumSource(RetryOn.class)
  void triesAnotherOneAfterAFailureOnlyWhereThatIsConfigured(RetryOn kind) {
    StubUpstream.Behaviour failure =
        switch (kind) {
          case DIED -> StubUpstream.RESETS;
          case LATE -> StubUpstream.HANGS;
          case BUSY -> StubUpstream.answers(429, "", "{}");
          case ERROR -> StubUpstream.answers(500, "", "{}");
        };
    int status =
        switch (kind) {
          case DIED -> 502;
          case LATE -> 504;
          case BUSY -> 429;
          case ERROR -> 500;
        };
    one.behave(failure);
    // The first is chosen at first: the other one serves no such model yet.
    UpstreamConfig failing = config("one", one).withModels(List.of("m", "x"));
    UpstreamConfig other = config("two", two).withModels(List.of("m"));
    start(List.of(failing.withRetryOn(EnumSet.complementOf(EnumSet.of(kind))), other));
    assertThat(chat("x").statusCode()).isEqualTo(status);
    gate.close();
    start(List.of(failing.withRetryOn(EnumSet.of(kind)), other.withModels(List.of("*"))));
    // Which one is asked first is drawn by lot.
    int asked = 0;
    for (; asked < 60 && gate.metric("tidegate_upstream_retries_total", "one") == 0; asked++) {
      assertThat(chat("x").statusCode()).isEqualTo(200);
    }
    assertThat(gate.metric("tidegate_upstream_retries_total", "one")).isEqualTo(1);
    assertThat(gate.metric("tidegate_upstream_retries_total", "two")).isZero();
    assertThat(gate.outcomes("served")).isEqualTo(asked);
    assertThat(gate.metric("tidegate_upstream_inflight")).isZero();
  }

  @Test
  void spendsNoMoreThanTheBudgetOnRetries() {
    one.behave(StubUpstream.answers(429, "", "{}"));
    start(
        List.of(
            config("one", one).withRetryOn(EnumSet.of(RetryOn.BUSY)),
            config("two", two).withWeight(1)));
    int refused = 0;
    for (int i = 0; i < 60; i++) {
      refused += chat("x").statusCode() == 429 ? 1 : 0;
    }
    double retried = gate.metric("tidegate_upstream_retries_total", "one");
    assertThat(retried).isEqualTo(10);
    assertThat(gate.metric("tidegate_retries_denied_total")).isEqualTo(refused).isPositive();
  }

  @Test
  void ejectsOneThatFailsAgainAndAgain() {
    one.behave(StubUpstream.answers(500, "", "{}"));
    start(List.of(config("one", one), config("two", two)));
    int failed = 0;
    for (int i = 0; i < 40; i++) {
      failed += chat("x").statusCode() == 500 ? 1 : 0;
    }
    assertThat(failed).isEqualTo(5);
    assertThat(gate.metric("tidegate_upstream_ejections_total", "one")).isEqualTo(1);
    assertThat(gate.admin("/admin/v1/status").body()).contains("\"state\" : \"ejected\"");
  }

  private void start(List<UpstreamConfig> upstreams) {
    gate =
        TestGate.start(
            UnaryOperator.identity(),
            config ->
                config
                    .withUpstreams(upstreams)
                    .withTimeouts(
                        config
                            .timeouts()
                            .withFirstByte(Duration.ofSeconds(2), Duration.ofSeconds(2))));
  }

  private static UpstreamConfig config(String name, StubUpstream upstream) {
    return UpstreamConfig.of(name, upstream.url());
  }

  private static StubUpstream.Behaviour list(String... ids) {
    String data = "{\"id\":\"" + String.join("\"},{\"id\":\"", ids) + "\"}";
    return StubUpstream.answers(200, "", "{\"object\":\"list\",\"data\":[" + data + "]}");
  }

  private HttpResponse<String> chat(String model) {
    return gate.chat(TestGate.PLUS, "{\"model\":\"" + model + "\"}", Optional.empty());
  }

  private HttpResponse<String> read(String path) {
    return TestGate.send(
        HttpRequest.newBuilder(URI.create(gate.url() + path))
            .header("authorization", "Bearer " + TestGate.PLUS)
            .build());
  }
}
