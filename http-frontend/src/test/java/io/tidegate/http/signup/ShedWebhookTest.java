package io.tidegate.http.signup;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tidegate.http.TestGate;
import io.tidegate.http.config.GateConfig;
import io.tidegate.http.config.admission.limit.LimitConfig;
import io.tidegate.http.config.signup.SignupConfig;
import io.tidegate.http.config.signup.StoreConfig;
import io.tidegate.http.config.signup.WebhookConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A whole gate that refuses somebody tells its listener, once, however often they ask. */
class ShedWebhookTest {
  private static final String ASK =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

  private final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();

  @Test
  void tellsTheListenerOnceWhoWasRefused() throws IOException {
    HttpServer listener = listener();
    WebhookConfig webhook =
        new WebhookConfig(
            URI.create("http://127.0.0.1:" + listener.getAddress().getPort()), "a secret");
    try (TestGate gate =
        TestGate.start(
            backend -> backend.withFirstTokenMillis(60_000), config -> small(config, webhook))) {
      CompletableFuture<HttpResponse<String>> holder =
          HttpClient.newHttpClient()
              .sendAsync(request(gate, TestGate.PLUS), HttpResponse.BodyHandlers.ofString());
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> gate.inflightSeats() > 0);
      for (int time = 0; time < 3; time++) {
        assertThat(ask(gate, TestGate.newKey(1))).isEqualTo(503);
      }
      assertThat(ask(gate, "nobody's")).isEqualTo(401);
      assertThat(ask(gate, TestGate.newKey(2))).isEqualTo(503);
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(heard).anyMatch(body -> body.contains("newcomer-2")));
      assertThat(heard)
          .hasSize(2)
          .allMatch(body -> body.contains("\"type\":\"subscription.shed\""))
          .allMatch(body -> body.contains("\"plan\":\"new\"") && body.contains("no-room"))
          .anyMatch(body -> body.contains("\"subscriber\":\"newcomer-1\""));
      assertThat(holder).as("it holds the only seat").isNotDone();
    } finally {
      listener.stop(0);
    }
  }

  private static GateConfig small(GateConfig config, WebhookConfig webhook) {
    return config
        .withLimit(LimitConfig.fixed(1))
        .withSignups(
            new SignupConfig(
                List.of(), 600, Optional.empty(), List.of(webhook), StoreConfig.embedded()));
  }

  private static int ask(TestGate gate, String key) {
    return TestGate.send(request(gate, key)).statusCode();
  }

  private static HttpRequest request(TestGate gate, String key) {
    return HttpRequest.newBuilder(URI.create(gate.url() + "/v1/chat/completions"))
        .header("authorization", "Bearer " + key)
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(ASK))
        .build();
  }

  private HttpServer listener() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          heard.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    return server;
  }
}
