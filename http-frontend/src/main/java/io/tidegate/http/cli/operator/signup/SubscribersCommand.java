package io.tidegate.http.cli.operator.signup;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.http.cli.operator.AdminOptions;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Subscribers in the store of a running gate. */
@Command(
    name = "subscribers",
    description = "List, show, put and erase subscribers in the store of a running gate.")
public final class SubscribersCommand implements Runnable {
  private static final String PATH = "/admin/v1/subscribers";

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "one of list, show, put, erase is needed");
  }

  @Command(name = "list", description = "List all.")
  int list(@Mixin AdminOptions admin) throws IOException, InterruptedException {
    return Printed.table(
        spec,
        admin,
        PATH,
        "subscribers",
        List.of("id", "plan", "status", "email", "subscribed_at"));
  }

  @Command(name = "show", description = "Show one.")
  int show(
      @Mixin AdminOptions admin,
      @Parameters(paramLabel = "ID|EMAIL", description = "Who.") String name)
      throws IOException, InterruptedException {
    return Printed.one(spec, admin.send("GET", PATH + "/" + Segment.of(name), ""));
  }

  @Command(name = "put", description = "Say what billing says of one; never a sign-up.")
  int put(
      @Mixin AdminOptions admin,
      @Parameters(paramLabel = "ID", description = "Who.") String id,
      @Option(names = "--plan", paramLabel = "PLAN") String plan,
      @Option(names = "--status", paramLabel = "active|cancelled") String status,
      @Option(names = "--email", paramLabel = "EMAIL") String email,
      @Option(names = "--subscribed-at", paramLabel = "TIME") String subscribedAt)
      throws IOException, InterruptedException {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("plan", plan);
    body.put("status", status);
    body.put("email", email);
    body.put("subscribed_at", subscribedAt);
    return Printed.one(spec, admin.send("PUT", PATH + "/" + Segment.of(id), body.toString()));
  }

  @Command(name = "erase", description = "Take a person out of every table.")
  int erase(
      @Mixin AdminOptions admin,
      @Parameters(paramLabel = "ID|EMAIL", description = "Who.") String name)
      throws IOException, InterruptedException {
    return Printed.one(spec, admin.send("DELETE", PATH + "/" + Segment.of(name), ""));
  }
}
