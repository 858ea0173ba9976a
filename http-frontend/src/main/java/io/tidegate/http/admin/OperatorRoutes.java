package io.tidegate.http.admin;

import io.tidegate.http.admin.books.StatusPage;
import io.tidegate.http.config.ConfigChange;
import io.tidegate.http.config.ConfigException;
import io.tidegate.http.config.ConfigPatch;
import io.tidegate.http.config.GateConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator asks and does: state, drain, reload, limit, tiers. */
final class OperatorRoutes {

  private static final Logger AUDIT = LoggerFactory.getLogger("io.tidegate.audit");
  private static final String BY = "admin call";
  private static final String OPENAPI = "/tidegate.openapi.yaml";

  /** A call that may find the configuration that it leads to wanting. */
  private interface Change {
    ConfigChange make() throws ConfigException;
  }

  private final StatusPage status;
  private final Controls controls;

  OperatorRoutes(StatusPage status, Controls controls) {
    this.status = status;
    this.controls = controls;
  }

  List<AdminRoute> all() {
    return List.of(
        AdminRoute.read("/admin/v1/status", request -> AdminAnswers.rawJson(200, status.json())),
        AdminRoute.change("POST", "/admin/v1/drain", request -> drain()),
        AdminRoute.change(
            "POST", "/admin/v1/config/reload", request -> changed(() -> controls.reload(BY))),
        AdminRoute.read(
            "/admin/v1/limit",
            request -> AdminAnswers.json(200, ConfigPatch.limitOf(controls.config()))),
        AdminRoute.change("PUT", "/admin/v1/limit", this::changeLimit),
        AdminRoute.read("/admin/v1/tiers/{name}", this::tier),
        AdminRoute.change("PUT", "/admin/v1/tiers/{name}", this::changeTier),
        AdminRoute.read("/admin/v1/openapi.yaml", request -> AdminAnswers.text(200, openApi())));
  }

  private HttpResponse drain() {
    AUDIT.info("drain");
    controls.drain();
    return AdminAnswers.rawJson(202, status.json());
  }

  private HttpResponse changeLimit(AdminRoute.Request request) {
    return changed(() -> controls.change(BY, ConfigPatch.limit(controls.config(), request.body())));
  }

  private HttpResponse tier(AdminRoute.Request request) {
    Optional<Object> terms = ConfigPatch.tierOf(controls.config(), request.name());
    return terms.map(known -> AdminAnswers.json(200, known)).orElseGet(OperatorRoutes::noSuchTier);
  }

  private HttpResponse changeTier(AdminRoute.Request request) {
    GateConfig running = controls.config();
    return ConfigPatch.tierOf(running, request.name()).isEmpty()
        ? noSuchTier()
        : changed(
            () -> controls.change(BY, ConfigPatch.tier(running, request.name(), request.body())));
  }

  private static HttpResponse noSuchTier() {
    return AdminAnswers.error(404, "There is no such tier.");
  }

  private static HttpResponse changed(Change change) {
    try {
      ConfigChange made = change.make();
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("changed", made.changed());
      answer.put("needs_restart", made.needsRestart());
      return AdminAnswers.json(200, answer);
    } catch (ConfigException e) {
      return AdminAnswers.error(422, e.getMessage());
    }
  }

  private static String openApi() {
    try (InputStream file = OperatorRoutes.class.getResourceAsStream(OPENAPI)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
