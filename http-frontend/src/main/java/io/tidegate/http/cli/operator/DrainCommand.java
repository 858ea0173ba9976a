package io.tidegate.http.cli.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells a running gate to take nothing new and to end when all that runs has finished. */
@Command(
    name = "drain",
    description = "Let a running gate finish what runs, refuse the rest, and end.")
public final class DrainCommand implements Callable<Integer> {

  @Mixin private AdminOptions admin;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    JsonNode status = admin.post("/admin/v1/drain");
    spec.commandLine()
        .getOut()
        .printf(
            "The gate drains: %s seats are still taken. New requests get 503; it ends when"
                + " all that runs has finished.%n",
            status.path("inflight_seats").asText());
    return 0;
  }
}
