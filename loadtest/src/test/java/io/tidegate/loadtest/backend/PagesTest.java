package io.tidegate.loadtest.backend;

import static io.tidegate.loadtest.backend.JsonClient.COMPLETIONS;
import static io.tidegate.loadtest.backend.JsonClient.MESSAGES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PagesTest {

  private static final int MAX_BODY_BYTES = 1_000;

  private final ChatBackend backend =
      ChatBackend.start(
          BackendSettings.defaults()
              .withFirstTokenMillis(0)
              .withTokenMillis(0)
              .withMaxBodyBytes(MAX_BODY_BYTES)
              .withModels(List.of("known")));
  private final JsonClient client = new JsonClient(backend);

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void reportsHealth() throws Exception {
    assertThat(client.get("/health").body()).isEqualTo("{\"status\":\"ok\"}");
  }

  @Test
  void answersErrorsInOpenAisShape() throws Exception {
    assertError(client.post(COMPLETIONS, "{nonsense"), 400);
    assertError(client.post(COMPLETIONS, "{\"model\":\"known\"}"), 400);
    assertError(client.post(COMPLETIONS, "{\"model\":\"other\"," + MESSAGES + "}"), 404);
    assertError(client.get("/v1/models/other"), 404);
    assertError(client.get("/v1/nothing"), 404);
    assertError(client.get(COMPLETIONS), 405);
    assertError(client.post("/v1/models", "{}"), 405);
    assertError(client.scripted("nonsense", "{" + MESSAGES + "}"), 400);
    assertError(client.post(COMPLETIONS, "x".repeat(MAX_BODY_BYTES + 1)), 413);
  }

  @Test
  void namesTheFieldThatIsWrong() throws Exception {
    JsonNode error =
        JsonClient.json(client.post(COMPLETIONS, "{\"model\":\"known\"}")).path("error");
    assertThat(error.path("param").textValue()).isEqualTo("messages");
    assertThat(error.path("code").isNull()).isTrue();
  }

  @Test
  void namesTheAllowedMethod() throws Exception {
    assertThat(client.get(COMPLETIONS).headers().firstValue("allow")).contains("POST");
  }

  @Test
  void letsAClientSendItsBodyOrTellsItNotTo() throws Exception {
    String body = "{\"model\":\"known\"," + MESSAGES + "}";
    var fits = client.request(COMPLETIONS).expectContinue(true).POST(BodyPublishers.ofString(body));
    assertThat(client.send(fits).statusCode()).isEqualTo(200);
    String head =
        """
        POST /v1/chat/completions HTTP/1.1\r
        host: backend\r
        expect: 100-continue\r
        content-length: 5000\r
        \r
        """;
    try (RawRequest tooLarge = RawRequest.of(backend, head)) {
      assertThat(tooLarge.readUntil("\r\n")).startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void refusesWhatIsNotHttp() throws Exception {
    try (RawRequest request = RawRequest.of(backend, "nonsense\r\n\r\n")) {
      assertThat(request.readToEnd()).startsWith("HTTP/1.1 400 ").contains("\"error\"");
    }
  }

  @Test
  void showsTheHeadOfTheLastRequest() throws Exception {
    String body = "{\"model\":\"known\"," + MESSAGES + "}";
    client.send(
        client
            .request(COMPLETIONS + "?a=b")
            .header("X-Thing", "one")
            .header("x-thing", "two")
            .POST(BodyPublishers.ofString(body)));
    JsonNode last = JsonClient.json(client.get("/stats/last-request"));
    assertThat(last.path("method").textValue()).isEqualTo("POST");
    assertThat(last.path("path").textValue()).isEqualTo("/v1/chat/completions?a=b");
    assertThat(last.at("/headers/x-thing").textValue()).isEqualTo("one, two");
    assertThat(last.path("body_bytes").intValue()).isEqualTo(body.length());
  }

  @Test
  void countsWhatReachedIt() throws Exception {
    client.post(COMPLETIONS, "{\"model\":\"known\",\"max_tokens\":3," + MESSAGES + "}");
    client.post(COMPLETIONS, "{nonsense");
    JsonNode stats = JsonClient.json(client.get("/stats"));
    assertThat(stats.path("connections").intValue()).isPositive();
    assertThat(stats.toString())
        .startsWith(
            "{\"running\":0,\"waiting\":0,\"completed\":1,\"aborted\":0,\"tokens\":3,\"connections\":")
        .endsWith(",\"max_running\":1,\"requests\":2}");
  }

  @Test
  void refusesACapacityOutOfRange() throws Exception {
    assertError(client.post("/capacity", "{\"seats\":0}"), 400);
    assertError(client.post("/capacity", "{\"seats\":\"many\"}"), 400);
    assertError(client.post("/capacity", "{"), 400);
    assertError(client.get("/capacity"), 405);
  }

  private static void assertError(HttpResponse<String> response, int status) throws Exception {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
    JsonNode error = JsonClient.json(response).path("error");
    assertThat(error.fieldNames()).toIterable().containsExactly("message", "type", "param", "code");
    assertThat(error.path("message").textValue()).isNotBlank();
    assertThat(error.path("type").textValue()).isEqualTo("invalid_request_error");
  }
}
