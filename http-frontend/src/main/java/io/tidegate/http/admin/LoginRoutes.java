package io.tidegate.http.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logging in on the dashboard: the admin token for a cookie that no script can read. */
final class LoginRoutes {
  private static final Logger AUDIT = LoggerFactory.getLogger("io.tidegate.audit");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Supplier<Optional<String>> token;
  private final Logins logins;

  LoginRoutes(Supplier<Optional<String>> token, Logins logins) {
    this.token = token;
    this.logins = logins;
  }

  List<AdminRoute> all() {
    return List.of(
        new AdminRoute("POST", "/admin/v1/login", AdminRoute.Needs.OWN_PAGE, this::login));
  }

  private HttpResponse login(AdminRoute.Request request) {
    Optional<String> needed = token.get();
    if (needed.isEmpty()) {
      return AdminAnswers.json(
          200, Map.of("message", "No token is set: callers on this machine may act."));
    }
    if (!AdminAccess.isSame(given(request.body()), needed.get())) {
      AUDIT.warn("log-in refused");
      return AdminAnswers.error(403, "That is not the admin token.");
    }
    AUDIT.info("log-in on the dashboard");
    String cookie =
        "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Strict"
            .formatted(AdminAccess.COOKIE, logins.begin(System.nanoTime()), Logins.SECONDS);
    return AdminAnswers.json(200, Map.of("message", "Logged in."))
        .addHeader(RawHeader.create("Set-Cookie", cookie));
  }

  private static String given(String body) {
    try {
      return JSON.readTree(body).path("token").asText("");
    } catch (JsonProcessingException e) {
      return "";
    }
  }
}
