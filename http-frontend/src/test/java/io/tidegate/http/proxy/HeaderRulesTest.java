package io.tidegate.http.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.http.RawClient;
import io.tidegate.http.TestGate;
import io.tidegate.http.config.upstream.UpstreamConfig;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Which headers travel, as the upstream and the client see it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeaderRulesTest {

  private TestGate gate;

  @BeforeAll
  void start() {
    gate =
        TestGate.start(
            UnaryOperator.identity(),
            config -> {
              URI url = config.upstreams().get(0).url();
              return config.withUpstreams(
                  List.of(
                      UpstreamConfig.of("sim", url)
                          .withHeaders(
                              Optional.of("Bearer upstream-secret"), Map.of("X-Pool", "blue"))));
            });
  }

  @AfterAll
  void stop() {
    gate.close();
  }

  @Test
  void sendsTheUpstreamsCredentialsAndNeverTheGates() throws IOException {
    String[] shown = {"Authorization: Bearer " + TestGate.PLUS, "x-api-key: " + TestGate.PLUS};
    for (String credentials : shown) {
      exchange("POST", "/v1/chat/completions", credentials + "\r\nX-Pool: red\r\n");
      assertThat(gate.backendPage("/stats/last-request")).doesNotContain(TestGate.PLUS);
      assertThat(seen("authorization")).contains("Bearer upstream-secret");
      assertThat(seen("x-api-key")).isEmpty();
      assertThat(seen("x-pool")).contains("blue");
    }
  }

  @Test
  void leavesOutWhatBelongsToOneHopOrToTheGate() throws IOException {
    exchange(
        "POST",
        "/v1/chat/completions",
        key()
            + "Connection: keep-alive, X-Named\r\nX-Named: 1\r\nKeep-Alive: 5\r\nTE: trailers\r\n"
            + "Upgrade: h2c\r\nx-tidegate-tier: plus\r\nx-subscriber-id: me\r\nx-tier: plus\r\n"
            + "priority: u=0\r\n");
    for (String name :
        List.of(
            "x-named",
            "keep-alive",
            "te",
            "upgrade",
            "x-tidegate-tier",
            "x-subscriber-id",
            "x-tier",
            "priority")) {
      assertThat(seen(name)).as(name).isEmpty();
    }
  }

  @Test
  void passesEverythingElseByteForByte() throws IOException {
    String target =
        "/v1/chat/completions?q=%7Ea%20b&&empty=&x=%C3%A9+1&y=%2F..%2f&z=a:b@c!$'()*,;?";
    exchange("POST", target, key() + "X-Odd: a;b=\"c, d\"  e\r\nOpenAI-Beta: assistants=v2\r\n");
    JsonNode last = gate.lastRequest();
    assertThat(last.path("path").asText()).isEqualTo(target);
    assertThat(seen("x-odd")).contains("a;b=\"c, d\"  e");
    assertThat(seen("openai-beta")).contains("assistants=v2");
    assertThat(seen("content-type")).contains("application/json");
    assertThat(last.path("method").asText()).isEqualTo("POST");
    for (String path : List.of("/v1/models/a%2Fb%20c", "/v1//models", "/v1/models/a:b@1;v=2,3")) {
      exchange("GET", path, key());
      assertThat(gate.lastRequest().path("path").asText()).isEqualTo(path);
    }
  }

  @Test
  void saysWhereARequestComesFrom() throws IOException {
    exchange("POST", "/v1/chat/completions", key() + "X-Forwarded-For: 203.0.113.9\r\n");
    assertThat(seen("x-forwarded-for")).contains("203.0.113.9, 127.0.0.1");
    assertThat(seen("x-forwarded-proto")).contains("http");
    assertThat(seen("x-forwarded-host")).contains("gate");
    assertThat(seen("traceparent").orElseThrow()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
    String proxied = "X-Forwarded-Proto: https\r\nX-Forwarded-Host: chat.example\r\n";
    exchange("POST", "/v1/chat/completions", key() + proxied);
    assertThat(seen("x-forwarded-proto")).contains("https");
    assertThat(seen("x-forwarded-host")).contains("chat.example");
    String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    exchange("POST", "/v1/chat/completions", key() + "traceparent: " + trace + "\r\n");
    assertThat(seen("traceparent")).contains(trace);
  }

  @Test
  void namesEveryRequest() throws IOException {
    String made = exchange("POST", "/v1/chat/completions", key());
    String id = value(made, "x-request-id");
    assertThat(id).startsWith("req_");
    assertThat(seen("x-request-id")).contains(id);
    String own = exchange("POST", "/v1/chat/completions", key() + "X-Request-Id: mine-7\r\n");
    assertThat(value(own, "x-request-id")).isEqualTo("mine-7");
    assertThat(seen("x-request-id")).contains("mine-7");
  }

  @Test
  void marksWhatItAdmitted() {
    String answer = exchange("POST", "/v1/chat/completions", key());
    assertThat(value(answer, "x-tidegate-tier")).isEqualTo("plus");
    assertThat(value(answer, "x-tidegate-class")).startsWith("plus-");
    assertThat(value(answer, "x-tidegate-decision")).isEqualTo("admitted");
    assertThat(value(answer, "x-accel-buffering")).isEqualTo("no");
    assertThat(value(answer, "cache-control")).isEqualTo("no-cache");
    assertThat(value(answer, "server-timing")).matches("admission;dur=[0-9.E-]+");
  }

  private static String key() {
    return "Authorization: Bearer " + TestGate.PLUS + "\r\n";
  }

  private String exchange(String method, String target, String headers) {
    String body = TestGate.ask(2, true);
    try (RawClient client = gate.connect()) {
      client.send(
          method
              + " "
              + target
              + " HTTP/1.1\r\nHost: gate\r\n"
              + headers
              + (headers.endsWith("\r\n") ? "" : "\r\n")
              + "Content-Type: application/json\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
      return method.equals("POST") ? client.readUntil("[DONE]") : client.readAnswer();
    }
  }

  private static String value(String answer, String name) {
    return answer
        .lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  private Optional<String> seen(String header) throws IOException {
    JsonNode headers = gate.lastRequest().path("headers");
    for (Map.Entry<String, JsonNode> entry : headers.properties()) {
      if (entry.getKey().equalsIgnoreCase(header)) {
        return Optional.of(entry.getValue().asText());
      }
    }
    return Optional.empty();
  }
}
