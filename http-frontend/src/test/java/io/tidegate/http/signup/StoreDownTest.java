package io.tidegate.http.signup;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.signup.ledger.PlanTerms;
import io.tidegate.http.TestGate;
import io.tidegate.http.config.signup.PlanConfig;
import io.tidegate.http.config.signup.SignupConfig;
import io.tidegate.http.config.signup.StoreConfig;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Invariant 10: the store cannot be reached, from the start on; what needs it says so. */
class StoreDownTest {
  private static TestGate gate;

  @BeforeAll
  static void start() {
    StoreConfig nobody =
        new StoreConfig(
            Optional.of("jdbc:postgresql://127.0.0.1:1/nobody"),
            Optional.of("tide"),
            Optional.empty());
    gate =
        TestGate.start(
            UnaryOperator.identity(),
            config ->
                config.withSignups(
                    new SignupConfig(
                        List.of(PlanConfig.of(PlanTerms.of("plus"))),
                        600,
                        Optional.empty(),
                        List.of(),
                        nobody)));
  }

  @AfterAll
  static void stop() {
    gate.close();
  }

  private static HttpResponse<String> data(String method, String path, String body) {
    return TestGate.send(
        HttpRequest.newBuilder(URI.create(gate.url() + path))
            .header("authorization", "Bearer " + TestGate.PLUS)
            .header("content-type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private static HttpResponse<String> admin(String method, String path, String body) {
    String url = "http://127.0.0.1:" + gate.frontend().adminAddress().getPort();
    return TestGate.send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("content-type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  @Test
  void chatGoesOn() {
    HttpResponse<String> answer =
        data(
            "POST",
            "/v1/chat/completions",
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void thePageIsThereAndSaysThatItDoesNotKnow() {
    assertThat(data("GET", "/signup/v1/status", "").statusCode()).isEqualTo(503);
    assertThat(data("GET", "/signup", "").statusCode()).isEqualTo(200);
    assertThat(data("GET", "/signup?entry=wle_x", "").statusCode()).isEqualTo(200);
  }

  @Test
  void signUpsAreRefusedHonestly() {
    for (HttpResponse<String> answer :
        List.of(
            data("POST", "/signup/v1/waitlist", "{\"email\":\"a@x.org\",\"plan\":\"plus\"}"),
            data("GET", "/signup/v1/waitlist/wle_x", ""),
            data("DELETE", "/signup/v1/waitlist/wle_x", ""))) {
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("signups_unavailable");
      assertThat(answer.headers().firstValue("retry-after")).isPresent();
    }
  }

  @Test
  void whatAnOperatorAsksIsRefusedHonestlyToo() {
    assertThat(admin("POST", "/admin/v1/signups/pause", "{}").statusCode()).isEqualTo(503);
    assertThat(admin("GET", "/admin/v1/subscribers", "").statusCode()).isEqualTo(503);
  }
}
