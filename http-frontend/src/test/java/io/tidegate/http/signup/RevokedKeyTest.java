package io.tidegate.http.signup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.engine.signup.ledger.PlanTerms;
import io.tidegate.http.TestGate;
import io.tidegate.http.config.signup.PlanConfig;
import io.tidegate.http.config.signup.SignupConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A key of the store that is revoked works no more, and what runs with it is not cut. */
class RevokedKeyTest {
  private static final String ASK =
      "{\"model\":\"m\",\"stream\":true,\"max_tokens\":400,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

  private static HttpResponse<String> admin(
      TestGate gate, String method, String path, String body) {
    String url = "http://127.0.0.1:" + gate.frontend().adminAddress().getPort();
    return TestGate.send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("content-type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private static HttpRequest ask(TestGate gate, String key) {
    return HttpRequest.newBuilder(URI.create(gate.url() + "/v1/chat/completions"))
        .header("authorization", "Bearer " + key)
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(ASK))
        .build();
  }

  @Test
  void endsAtOnceAndItsStreamGoesOnToTheEnd() throws IOException {
    List<PlanConfig> sold = List.of(PlanConfig.of(PlanTerms.of("plus")));
    try (TestGate gate =
        TestGate.start(
            backend -> backend.withTokenMillis(20).withOutputTokens(300).withOutputSpread(0),
            config -> config.withSignups(SignupConfig.none().withPlans(sold)))) {
      admin(gate, "PUT", "/admin/v1/subscribers/kim", "{\"plan\":\"plus\"}");
      JsonNode made =
          new ObjectMapper()
              .readTree(admin(gate, "POST", "/admin/v1/keys", "{\"subscriber\":\"kim\"}").body());
      String key = made.path("key").asText();
      CompletableFuture<HttpResponse<String>> stream =
          HttpClient.newHttpClient()
              .sendAsync(ask(gate, key), HttpResponse.BodyHandlers.ofString());
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> gate.inflightSeats() > 0);
      int revoked =
          admin(gate, "DELETE", "/admin/v1/keys/" + made.path("id").asText(), "").statusCode();
      assertThat(revoked).isEqualTo(200);
      assertThat(TestGate.send(ask(gate, key)).statusCode()).isEqualTo(401);
      assertThat(stream).as("it runs still").isNotDone();
      assertThat(stream.join().statusCode()).isEqualTo(200);
      assertThat(stream.join().body()).endsWith("data: [DONE]\n\n");
    }
  }
}
