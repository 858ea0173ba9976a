package io.tidegate.http.cli.operator.signup;

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

/** The wait-lists of a running gate. */
@Command(
    name = "waitlist",
    description = "List, show, invite and remove entries of a running gate's wait-lists.")
public final class WaitlistCommand implements Runnable {
  private static final String PATH = "/admin/v1/waitlist/";

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "one of list, show, invite, remove is needed");
  }

  @Command(name = "list", description = "List those of a plan.")
  int list(
      @Mixin AdminOptions admin,
      @Option(names = "--plan", defaultValue = "plus", paramLabel = "PLAN") String plan)
      throws IOException, InterruptedException {
    return Printed.table(
        spec,
        admin,
        PATH + Segment.of(plan),
        "entries",
        List.of("id", "ticket", "status", "email", "shadow", "joined_at"));
  }

  @Command(name = "show", description = "Show one, and where it stands.")
  int show(@Mixin AdminOptions admin, @Parameters(paramLabel = "ID") String id)
      throws IOException, InterruptedException {
    return Printed.one(spec, admin.send("GET", PATH + Segment.of(id), ""));
  }

  @Command(name = "invite", description = "Invite one out of turn.")
  int invite(@Mixin AdminOptions admin, @Parameters(paramLabel = "ID") String id)
      throws IOException, InterruptedException {
    return Printed.one(spec, admin.send("POST", PATH + Segment.of(id), ""));
  }

  @Command(name = "remove", description = "Take one out of the line.")
  int remove(@Mixin AdminOptions admin, @Parameters(paramLabel = "ID") String id)
      throws IOException, InterruptedException {
    return Printed.one(spec, admin.send("DELETE", PATH + Segment.of(id), ""));
  }
}
