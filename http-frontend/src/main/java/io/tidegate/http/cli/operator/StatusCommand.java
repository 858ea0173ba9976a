package io.tidegate.http.cli.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the state of a running gate. */
@Command(name = "status", description = "Show the state of a running gate.")
public final class StatusCommand implements Callable<Integer> {

  private static final String ROW = "%-12s %10s %10s %10s %8s %10s %8s %8s%n";

  @Mixin private AdminOptions admin;
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "As JSON, for scripts.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    JsonNode status = admin.get("/admin/v1/status");
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(status.toPrettyString());
    } else {
      print(status, out);
    }
    out.flush();
    return 0;
  }

  private static void print(JsonNode status, PrintWriter out) {
    JsonNode limit = status.path("limit_seats");
    out.printf(
        "%s, %s of %s seats taken, %s reserved for the best tier, up %s s, version %s%n",
        status.path("state").asText(),
        status.path("inflight_seats").asText(),
        limit.isNull() ? "unlimited" : limit.asText(),
        status.path("reserve_seats").asText(),
        status.path("uptime_seconds").asText(),
        status.path("version").asText());
    out.printf("%s; limit: %s%n", surge(status.path("surge")), status.at("/limit/reason").asText());
    out.printf("reserve: %s%n%n", status.at("/reserve/reason").asText());
    out.printf(
        ROW,
        "tier",
        "offered",
        "admitted",
        "refused",
        "waiting",
        "completed",
        "inflight",
        "sessions");
    for (Map.Entry<String, JsonNode> tier : status.path("tiers").properties()) {
      JsonNode books = tier.getValue();
      out.printf(
          ROW,
          tier.getKey(),
          books.path("offered").asText(),
          books.path("admitted").asText(),
          sum(books.path("refused")),
          books.path("queue_length").asText(),
          sum(books.path("completed")),
          books.path("inflight_seats").asText(),
          books.path("open_sessions").asText());
    }
    out.printf(
        "%nupstreams: %s%n",
        StreamSupport.stream(status.path("upstreams").spliterator(), false)
            .map(StatusCommand::describe)
            .collect(Collectors.joining(", ")));
  }

  private static String surge(JsonNode surge) {
    String since = surge.path("since").asText("");
    return surge.path("state").asText() + (since.isEmpty() ? "" : " since " + since);
  }

  private static String describe(JsonNode upstream) {
    return "%s %s (%s, %s in flight)"
        .formatted(
            upstream.path("name").asText(),
            upstream.path("url").asText(),
            upstream.path("healthy").asBoolean() ? "up" : "DOWN",
            upstream.path("inflight").asText());
  }

  private static String sum(JsonNode counts) {
    return Long.toString(
        counts.properties().stream().mapToLong(entry -> entry.getValue().asLong()).sum());
  }
}
