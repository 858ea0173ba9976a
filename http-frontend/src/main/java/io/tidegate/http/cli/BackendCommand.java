package io.tidegate.http.cli;

import io.tidegate.http.cli.signal.Signals;
import io.tidegate.loadtest.backend.BackendSettings;
import io.tidegate.loadtest.backend.ChatBackend;
import io.tidegate.loadtest.backend.capacity.Kind;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the simulated chat backend alone. */
@Command(
    name = "backend",
    description = "Run the simulated chat backend alone, until it is told to end.")
final class BackendCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--port", paramLabel = "N", defaultValue = "8000", description = "0 for any.")
  private int port;

  @Option(
      names = "--kind",
      defaultValue = "kv",
      description = "What it runs out of first: ${COMPLETION-CANDIDATES} (memory or speed).")
  private Kind kind;

  @Option(
      names = "--capacity-seats",
      paramLabel = "N",
      defaultValue = "64",
      description = "Streams it carries well (default: ${DEFAULT-VALUE}).")
  private int capacitySeats;

  @Option(
      names = "--first-token-ms",
      paramLabel = "N",
      defaultValue = "150",
      description = "Time to the first token when idle (default: ${DEFAULT-VALUE}).")
  private long firstTokenMillis;

  @Option(
      names = "--token-ms",
      paramLabel = "N",
      defaultValue = "40",
      description = "Time between tokens when idle (default: ${DEFAULT-VALUE}).")
  private long tokenMillis;

  @Option(
      names = "--output-tokens",
      paramLabel = "N",
      defaultValue = "200",
      description = "Mean length of an answer (default: ${DEFAULT-VALUE}).")
  private int outputTokens;

  @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "For repeating.")
  private long seed;

  @Override
  public Integer call() {
    BackendSettings settings = BackendSettings.defaults().withKind(kind).withSeed(seed);
    settings = with(settings, "--port", known -> known.withPort(port));
    settings = with(settings, "--capacity-seats", known -> known.withCapacitySeats(capacitySeats));
    settings =
        with(settings, "--first-token-ms", known -> known.withFirstTokenMillis(firstTokenMillis));
    settings = with(settings, "--token-ms", known -> known.withTokenMillis(tokenMillis));
    settings = with(settings, "--output-tokens", known -> known.withOutputTokens(outputTokens));
    try (ChatBackend backend = ChatBackend.start(settings)) {
      spec.commandLine()
          .getOut()
          .printf(
              "The simulated chat backend listens at %s%n  curl %s/stats%n",
              backend.url(), backend.url());
      spec.commandLine().getOut().flush();
      Signals.awaitOne();
    }
    return 0;
  }

  /** A number out of its range is a wrong use of the option that it was given with. */
  private BackendSettings with(
      BackendSettings settings, String option, UnaryOperator<BackendSettings> change) {
    try {
      return change.apply(settings);
    } catch (IllegalArgumentException outOfRange) {
      throw new ParameterException(
          spec.commandLine(), option + ": " + outOfRange.getMessage(), outOfRange);
    }
  }
}
