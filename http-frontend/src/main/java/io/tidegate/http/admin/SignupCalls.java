package io.tidegate.http.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.engine.signup.gate.GateView;
import io.tidegate.engine.signup.watch.Gates;
import io.tidegate.http.signup.page.StatusJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator does to the sale of plans: {@code /admin/v1/signups/pause}, {@code resume} and
 * {@code schedule}. Answered when it is kept, with how the plans are sold from then on. Waits for
 * the store, so not for a thread that may not.
 */
final class SignupCalls {

  private static final String PATH = "/admin/v1/signups/";

  private static final Logger AUDIT = LoggerFactory.getLogger("io.tidegate.audit");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> FIELDS = Set.of("plan", "at", "until", "reason", "by");
  private static final int LONGEST_REASON = 500;
  private static final int LONGEST_NAME = 64;
  private static final long PATIENCE_SECONDS = 10;

  /** What the body asks for, checked. */
  private record Asked(
      Optional<String> plan,
      OptionalLong at,
      OptionalLong until,
      Optional<String> reason,
      String by) {}

  /** One way to act on a plan. */
  private interface Action {
    CompletionStage<GateView> on(String plan, Asked asked);
  }

  private final Gates gates;

  SignupCalls(Gates gates) {
    this.gates = gates;
  }

  List<AdminRoute> all() {
    return List.of(
        AdminRoute.change("POST", PATH + "pause", asked -> act("pause", asked.body(), this::pause)),
        AdminRoute.change(
            "POST", PATH + "resume", asked -> act("resume", asked.body(), this::resume)),
        AdminRoute.change(
            "POST", PATH + "schedule", asked -> act("schedule", asked.body(), this::schedule)));
  }

  private CompletionStage<GateView> pause(String plan, Asked asked) {
    return asked.at().isPresent()
        ? gates.announcePause(
            plan, asked.at().getAsLong(), asked.until(), asked.reason(), asked.by())
        : gates.pause(plan, asked.until(), asked.reason(), asked.by());
  }

  private CompletionStage<GateView> resume(String plan, Asked asked) {
    if (asked.until().isPresent()) {
      throw new IllegalArgumentException("`until` has no meaning here; `at` says when it resumes");
    }
    return asked.at().isPresent()
        ? gates.announceResume(plan, asked.at().getAsLong(), asked.reason(), asked.by())
        : gates.resume(plan, asked.reason(), asked.by());
  }

  private CompletionStage<GateView> schedule(String plan, Asked asked) {
    if (asked.at().isPresent()) {
      return pause(plan, asked);
    }
    return asked.until().isPresent()
        ? gates.announceResume(plan, asked.until().getAsLong(), asked.reason(), asked.by())
        : gates.takeBack(plan, asked.reason(), asked.by());
  }

  private HttpResponse act(String name, String body, Action action) {
    try {
      Asked asked = asked(body);
      List<String> plans = asked.plan().map(List::of).orElse(gates.plans());
      if (plans.isEmpty() || !gates.plans().containsAll(plans)) {
        return AdminAnswers.error(404, "That plan is not sold; sold are " + gates.plans() + ".");
      }
      List<CompletionStage<GateView>> begun = new ArrayList<>();
      for (String plan : plans) {
        begun.add(action.on(plan, asked));
      }
      List<GateView> views = new ArrayList<>();
      for (CompletionStage<GateView> one : begun) {
        views.add(one.toCompletableFuture().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join());
      }
      AUDIT.info("signups {} {} by {}: {}", name, plans, asked.by(), asked.reason().orElse("-"));
      return AdminAnswers.rawJson(200, StatusJson.of(views));
    } catch (IllegalArgumentException e) {
      return AdminAnswers.error(400, sentence(e));
    } catch (CompletionException e) {
      return e.getCause() instanceof IllegalArgumentException nonsense
          ? AdminAnswers.error(400, sentence(nonsense))
          : AdminAnswers.error(503, "It cannot be kept at this moment, so nothing has changed.");
    }
  }

  private static Asked asked(String body) {
    JsonNode node;
    try {
      node = JSON.readTree(body.isBlank() ? "{}" : body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the body is not JSON", e);
    }
    if (!node.isObject()) {
      throw new IllegalArgumentException("the body is not a JSON object");
    }
    for (String field : (Iterable<String>) node::fieldNames) {
      if (!FIELDS.contains(field)) {
        throw new IllegalArgumentException(
            "`" + field + "` is unknown, known are plan, at, until, reason, by");
      }
    }
    return new Asked(
        text(node, "plan", LONGEST_NAME),
        time(node, "at"),
        time(node, "until"),
        text(node, "reason", LONGEST_REASON),
        text(node, "by", LONGEST_NAME).orElse("admin"));
  }

  private static Optional<String> text(JsonNode node, String field, int longest) {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual() || value.asText().isBlank() || value.asText().length() > longest) {
      throw new IllegalArgumentException(
          "`%s` is text of 1 to %d characters".formatted(field, longest));
    }
    return Optional.of(value.asText());
  }

  private static OptionalLong time(JsonNode node, String field) {
    Optional<String> text = text(node, field, LONGEST_NAME);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      Instant instant = OffsetDateTime.parse(text.get()).toInstant();
      return OptionalLong.of(instant.toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "`" + field + "` is a time such as 2026-11-24T18:00:00Z", e);
    }
  }

  private static String sentence(IllegalArgumentException e) {
    String message = e.getMessage();
    return Character.toUpperCase(message.charAt(0)) + message.substring(1) + ".";
  }
}
