package io.tidegate.http.cli.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells a running gate to read its configuration anew. */
@Command(
    name = "reload",
    description = "Let a running gate read its configuration anew; a bad one changes nothing.")
public final class ReloadCommand implements Callable<Integer> {

  @Mixin private AdminOptions admin;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    JsonNode answer = admin.post("/admin/v1/config/reload");
    PrintWriter out = spec.commandLine().getOut();
    answer.path("changed").forEach(line -> out.println("changed: " + line.asText()));
    answer.path("needs_restart").forEach(line -> out.println("needs a restart: " + line.asText()));
    out.println("Reloaded: " + answer.path("changed").size() + " settings have changed.");
    out.flush();
    return 0;
  }
}
