package io.tidegate.http.admin;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tidegate.engine.Engine;
import io.tidegate.engine.EngineSettings;
import io.tidegate.engine.signup.watch.Gates;
import io.tidegate.engine.tier.TierTable;
import io.tidegate.http.TestGate;
import io.tidegate.http.config.ConfigChange;
import io.tidegate.http.config.GateConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Holds the description of both ports against what they do. */
class OpenApiTest {

  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");

  private record Call(String method, String path, JsonNode operation) {
    String name() {
      return method + " " + path;
    }

    boolean isOf(String tag) {
      return operation.path("tags").path(0).asText().equals(tag);
    }
  }

  @Test
  void describesEveryRouteOfTheAdminPortAndNoOthers() throws Exception {
    Set<String> described = new TreeSet<>();
    for (Call call : calls()) {
      if (!call.isOf("data") && !call.isOf("signup")) {
        described.add(call.name());
      }
    }
    assertThat(described).containsExactlyInAnyOrderElementsOf(routes().keySet());
  }

  @Test
  void saysWhichCallsNeedTheToken() throws Exception {
    Map<String, AdminRoute> routes = routes();
    for (Call call : calls()) {
      if (call.isOf("admin")) {
        assertThat(call.operation().path("security").findValue("adminToken") != null)
            .as(call.name())
            .isEqualTo(routes.get(call.name()).needs() == AdminRoute.Needs.OPERATOR);
      }
    }
  }

  @Test
  void describesTheDataPort() throws Exception {
    try (TestGate gate = TestGate.start()) {
      for (Call call : calls()) {
        if (call.isOf("data")) {
          String path = call.path().replace("{path}", "models").replace("{key}", "a");
          HttpRequest request =
              HttpRequest.newBuilder(URI.create(gate.url() + path))
                  .method(call.method(), HttpRequest.BodyPublishers.noBody())
                  .build();
          assertThat(TestGate.send(request).statusCode()).as(call.path()).isEqualTo(401);
        }
      }
    }
  }

  @Test
  void resolvesItsOwnReferences() throws Exception {
    JsonNode root = root();
    for (JsonNode reference : root.findValues("$ref")) {
      assertThat(root.at(reference.asText().substring(1)).isMissingNode())
          .as(reference.asText())
          .isFalse();
    }
  }

  @Test
  void isServed() {
    try (TestGate gate = TestGate.start()) {
      assertThat(gate.admin("/admin/v1/openapi.yaml").body()).startsWith("openapi: 3.1.0");
    }
  }

  private static Map<String, AdminRoute> routes() {
    Engine engine = Engine.stepped(EngineSettings.of(TierTable.defaults()), () -> 0L, () -> 0L);
    return new AdminPorts(engine, () -> null, new NoControls(), Gates.none(), null, "")
        .routes().stream()
            .collect(toMap(route -> route.method() + " " + route.path(), route -> route));
  }

  private static List<Call> calls() throws IOException {
    List<Call> calls = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : root().path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        if (METHODS.contains(operation.getKey())) {
          String method = operation.getKey().toUpperCase(Locale.ROOT);
          calls.add(new Call(method, path.getKey(), operation.getValue()));
        }
      }
    }
    return calls;
  }

  private static JsonNode root() throws IOException {
    return new YAMLMapper()
        .readTree(OpenApiTest.class.getResourceAsStream("/tidegate.openapi.yaml"));
  }

  /** Nothing is asked of it here. */
  private static final class NoControls implements Controls {
    @Override
    public void drain() {
      throw new IllegalStateException();
    }

    @Override
    public GateConfig config() {
      throw new IllegalStateException();
    }

    @Override
    public ConfigChange reload(String by) {
      throw new IllegalStateException();
    }

    @Override
    public ConfigChange change(String by, GateConfig wanted) {
      throw new IllegalStateException();
    }

    @Override
    public boolean lastReloadSucceeded() {
      throw new IllegalStateException();
    }
  }
}
