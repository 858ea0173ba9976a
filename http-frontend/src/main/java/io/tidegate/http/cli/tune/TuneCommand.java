package io.tidegate.http.cli.tune;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Proposes settings from what was recorded. */
@Command(
    name = "tune",
    description = {
      "Read recorded histograms, of a gate (its data directory) or of a load test, and propose"
          + " objective, waits and limit, each with what it rests on.",
      "Where the recording does not tell, it says so."
    })
public final class TuneCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN.hlog|DIR", description = "The file or its folder.")
  private Path path;

  @Override
  public Integer call() throws IOException {
    List<Window> windows = Recording.read(path);
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%d windows of %d s are recorded.%n", windows.size(), Window.SECONDS);
    for (Proposal proposal : Advice.on(windows)) {
      out.printf(
          "%s: %s%n    %s%n",
          proposal.key(), proposal.value().orElse("no proposal"), proposal.reason());
    }
    out.flush();
    return 0;
  }
}
