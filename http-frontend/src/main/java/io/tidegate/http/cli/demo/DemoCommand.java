package io.tidegate.http.cli.demo;

import io.tidegate.http.DrainReport;
import io.tidegate.http.Frontend;
import io.tidegate.http.Version;
import io.tidegate.http.cli.signal.Signals;
import io.tidegate.http.config.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a gate with a story in it until it is told to end. */
@Command(
    name = "demo",
    description = {
      "Run the gate in front of a simulated backend, with simulated visitors, on a loop of three"
          + " minutes:",
      "calm, a launch, an announced pause of sign-ups, half of the backend lost, drip, recovery.",
      "Look at it in a browser; the lane of events tells the story."
    })
public final class DemoCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--port", paramLabel = "N", description = "The data port; 0 for any.")
  private Integer port;

  @Option(names = "--admin-port", paramLabel = "N", description = "The admin port; 0 for any.")
  private Integer adminPort;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where the gate keeps its files (default: a temporary directory, removed at the end).")
  private Path data;

  @Override
  public Integer call() throws IOException, ConfigException {
    if (data != null) {
      return tell(data);
    }
    Path folder = Files.createTempDirectory("tidegate-demo");
    try {
      return tell(folder);
    } finally {
      remove(folder);
    }
  }

  private int tell(Path folder) throws IOException, ConfigException {
    PrintWriter out = spec.commandLine().getOut();
    try (DemoGate demo =
        DemoGate.start(Story.ofLaunchDay(), folder, optional(port), optional(adminPort))) {
      Frontend gate = demo.gate();
      out.print(banner(gate, folder));
      out.flush();
      Signals.onFirstAndSecond(
          () -> {
            demo.endStory();
            gate.drain();
          },
          () -> gate.drain(Duration.ZERO));
      DrainReport report = gate.drained().toCompletableFuture().join();
      out.printf("The demo is over: %d finished, %d cut.%n", report.finished(), report.cut());
      out.flush();
    }
    return 0;
  }

  /** What was made for this demo alone. */
  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static String banner(Frontend gate, Path folder) {
    String admin = url(gate.adminAddress());
    return """
        Tidegate %s shows itself. Open this in a browser:
          %s/dashboard
        A story of three minutes runs in front of a simulated backend, again and again.
          chat     %s/v1   (keys %splus, %sfree, %snew)
          status   %s/admin/v1/status
          files    %s
        Ctrl-C ends it.
        """
        .formatted(
            Version.current(),
            admin,
            url(gate.dataAddress()),
            DemoGate.KEY,
            DemoGate.KEY,
            DemoGate.KEY,
            admin,
            folder);
  }

  private static String url(InetSocketAddress address) {
    return "http://127.0.0.1:" + address.getPort();
  }

  private static OptionalInt optional(Integer number) {
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }
}
