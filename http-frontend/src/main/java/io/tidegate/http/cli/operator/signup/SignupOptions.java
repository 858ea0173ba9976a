package io.tidegate.http.cli.operator.signup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What both commands about the sale of plans are told, and how they tell what came of it. */
final class SignupOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(names = "--plan", paramLabel = "PLAN", description = "Of this plan; without it, of all.")
  private String plan;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = {
        "Not now, but then, and announce it: 2026-11-24T18:00:00Z, 2026-11-24T18:00 (here), or 2h"
            + " from now (s, m, h, d)."
      })
  private String at;

  @Option(names = "--reason", paramLabel = "TEXT", description = "For everybody to read.")
  private String reason;

  ObjectNode body() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    put(body, "plan", plan);
    putTime(body, "at", at);
    put(body, "reason", reason);
    put(body, "by", System.getProperty("user.name"));
    return body;
  }

  static void put(ObjectNode body, String field, String value) {
    if (value != null && !value.isBlank()) {
      body.put(field, value);
    }
  }

  void putTime(ObjectNode body, String option, String value) {
    if (value != null) {
      try {
        body.put(option, time(value, Instant.now(), ZoneId.systemDefault()).toString());
      } catch (DateTimeException | ArithmeticException e) {
        throw new ParameterException(
            command.commandLine(),
            "--%s: a time such as 2026-11-24T18:00:00Z or 2026-11-24T18:00, or 2h from now, not %s"
                .formatted(option, value));
      }
    }
  }

  /**
   * The moment that a text means.
   *
   * @throws DateTimeException if it means none
   */
  static Instant time(String text, Instant now, ZoneId here) {
    if (text.matches("\\d{1,6}[smhd]")) {
      String amount = text.substring(0, text.length() - 1);
      String form = text.endsWith("d") ? "P" + amount + "D" : "PT" + text;
      return now.plus(Duration.parse(form));
    }
    return text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).atZone(here).toInstant();
  }

  void print(JsonNode answer) {
    PrintWriter out = command.commandLine().getOut();
    for (Map.Entry<String, JsonNode> entry : answer.path("plans").properties()) {
      JsonNode sale = entry.getValue();
      out.printf("%s: %s since %s", entry.getKey(), text(sale, "state"), text(sale, "since"));
      if (!sale.path("until").isNull()) {
        out.printf(", until %s", text(sale, "until"));
      }
      if (!sale.path("announced").isNull()) {
        JsonNode next = sale.path("announced");
        out.printf(", announced: %s at %s", text(next, "state"), text(next, "at"));
        if (!next.path("until").isNull()) {
          out.printf(" until %s", text(next, "until"));
        }
      }
      out.println();
    }
    out.flush();
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText();
  }
}
