package io.tidegate.http.signup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tidegate.engine.signup.ledger.PlanTerms;
import io.tidegate.http.TestGate;
import io.tidegate.http.config.signup.PlanConfig;
import io.tidegate.http.config.signup.SignupConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Holds the description of the sign-up calls against a gate that sells a plan.
 *
 * <p>Shown red by hand: a call under another path than it is described with, and calls that sell to
 * whoever comes.
 */
class SignupDescriptionTest {

  private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");

  private static TestGate gate;
  private static String serviceKey;
  private static List<Described> calls;

  private record Described(String method, String path, JsonNode operation) {
    boolean needsKey() {
      return operation.path("security").findValue("serviceKey") != null;
    }

    boolean hasStatus(int status) {
      return operation.path("responses").has(Integer.toString(status));
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  @BeforeAll
  static void start() throws IOException {
    calls = describedCalls();
    gate =
        TestGate.start(
            UnaryOperator.identity(),
            config ->
                config.withSignups(
                    SignupConfig.none().withPlans(List.of(PlanConfig.of(PlanTerms.of("plus"))))));
    HttpResponse<String> made =
        TestGate.send(
            HttpRequest.newBuilder(
                    URI.create(
                        "http://127.0.0.1:"
                            + gate.frontend().adminAddress().getPort()
                            + "/admin/v1/keys"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"for\":\"service\"}"))
                .build());
    serviceKey = new ObjectMapper().readTree(made.body()).path("key").asText();
  }

  @AfterAll
  static void stop() {
    gate.close();
  }

  @Test
  void describesCallsThatExistAndTheirAnswers() {
    assertThat(calls).hasSize(11);
    for (Described call : calls) {
      HttpResponse<String> answer = send(call, "authorization", "Bearer " + serviceKey);
      assertThat(answer.body()).as(call.toString()).doesNotContain("unknown_url");
      assertThat(call.hasStatus(answer.statusCode()))
          .as("%s: %d", call, answer.statusCode())
          .isTrue();
    }
  }

  @Test
  void saysWhichCallsNeedTheKeyOfTheService() {
    for (Described call : calls) {
      int status = send(call, "x-none", "none").statusCode();
      assertThat(status == 401).as("%s: %d", call, status).isEqualTo(call.needsKey());
    }
  }

  private static HttpResponse<String> send(Described call, String header, String value) {
    return TestGate.send(
        HttpRequest.newBuilder(URI.create(gate.url() + call.path().replace("{id}", "nobody")))
            .header(header, value)
            .header("content-type", "application/json")
            .method(call.method(), HttpRequest.BodyPublishers.ofString("{}"))
            .build());
  }

  private static List<Described> describedCalls() throws IOException {
    JsonNode paths =
        new YAMLMapper()
            .readTree(SignupDescriptionTest.class.getResourceAsStream("/tidegate.openapi.yaml"))
            .path("paths");
    List<Described> found = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      for (String method : METHODS) {
        JsonNode operation = path.getValue().path(method);
        if (operation.path("tags").path(0).asText().equals("signup")) {
          found.add(new Described(method.toUpperCase(Locale.ROOT), path.getKey(), operation));
        }
      }
    }
    return found;
  }
}
