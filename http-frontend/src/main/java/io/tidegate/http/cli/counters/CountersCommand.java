package io.tidegate.http.cli.counters;

import io.tidegate.engine.telemetry.counter.CountersView;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Prints every counter of a gate by reading its counters file: without asking the gate, so also
 * when it hangs or after it died.
 */
@Command(
    name = "counters",
    description = {
      "Show every counter of a gate, live, from the file it counts in.",
      "Works without the gate's help: also when it hangs, or after it died."
    })
public final class CountersCommand implements Callable<Integer> {
  private static final String FILE = "counters.dat";
  private static final String TO_TOP_AND_CLEAR = "\u001b[H\u001b[J";

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "The gate's data directory (default: ${DEFAULT-VALUE}).")
  private Path data;

  @Option(names = "--once", description = "Once, every counter; as without a terminal.")
  private boolean once;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path file = data.resolve(FILE);
    if (!Files.exists(file)) {
      throw new IOException(
          "there is no " + file + "; name the data directory of the gate with --data");
    }
    PrintWriter out = spec.commandLine().getOut();
    if (once || !Ansi.AUTO.enabled()) {
      out.print(CountersTable.whole(CountersView.open(file)));
      out.flush();
      return 0;
    }
    watch(file, out);
    return 0;
  }

  /** Until Ctrl-C. The file is opened at each look: a restarted gate has made a new one. */
  private static void watch(Path file, PrintWriter out) throws IOException, InterruptedException {
    CountersTable table = new CountersTable();
    CountDownLatch never = new CountDownLatch(1);
    do {
      CountersView view = CountersView.open(file);
      out.print(TO_TOP_AND_CLEAR + table.next(view, System.nanoTime()));
      out.flush();
    } while (!never.await(1, TimeUnit.SECONDS));
  }
}
