package io.tidegate.http.cli.loadtest;

import io.tidegate.http.cli.loadtest.RehearsalTarget.Gate;
import io.tidegate.http.cli.signal.Signals;
import io.tidegate.http.config.ConfigException;
import io.tidegate.loadtest.arrival.RateProfile;
import io.tidegate.loadtest.arrival.trace.Replay;
import io.tidegate.loadtest.assertion.AssertionResult;
import io.tidegate.loadtest.builtin.Builtin;
import io.tidegate.loadtest.builtin.BuiltinOptions;
import io.tidegate.loadtest.builtin.Rehearsal;
import io.tidegate.loadtest.dsl.SetUp;
import io.tidegate.loadtest.dsl.Simulation;
import io.tidegate.loadtest.dsl.Verdict;
import io.tidegate.loadtest.record.result.RunData;
import io.tidegate.loadtest.report.Report;
import io.tidegate.loadtest.report.ReportedRun;
import io.tidegate.loadtest.run.Progress;
import io.tidegate.loadtest.run.Run;
import io.tidegate.loadtest.run.RunOptions;
import io.tidegate.loadtest.run.Sentence;
import io.tidegate.loadtest.scenario.ChatProtocol;
import io.tidegate.loadtest.scenario.Population;
import io.tidegate.loadtest.scenario.Population.Injection.Open;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a load test: one of those built in, or a simulation class. */
@Command(
    name = "loadtest",
    description = {
      "Run a load test: a built-in one, or the name of a class that extends Simulation.",
      "Without --target it runs against a simulated backend in this process, with a gate in front.",
      "`loadtest report DIR` tells of an earlier run again, and writes its report.html anew.",
      "Ends with 0 if all assertions hold, 1 if it could not run, 2 if one fails, 3 if the run is"
          + " not valid."
    },
    footer = {
      "",
      "Built in: steady, devday-surge, inside-surge, flood, retry-storm,",
      "noisy-neighbour, soak, trace"
    })
public final class LoadtestCommand implements Callable<Integer> {

  private static final String REPORT = "report";
  private static final int REACH_MILLIS = 3_000;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN", description = "Its name, or `report`.")
  private String run;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DIR",
      description = "With `report`: the directory of an earlier run.")
  private Path earlier;

  @Option(names = "--target", paramLabel = "URL", description = "The service to load.")
  private URI target;

  @Option(
      names = "--key",
      paramLabel = "TIER=KEY",
      description = "An API key of a tier; may be given several times, a subscriber each.")
  private List<String> keys = new ArrayList<>();

  @Option(
      names = "--no-gate",
      description = "Without --target: straight to the simulated backend, the same arrivals.")
  private boolean noGate;

  @Option(
      names = "--adaptive",
      description = "Without --target: a gate that finds its limit by itself.")
  private boolean adaptive;

  @Option(
      names = "--compare",
      description = "Without --target: with the gate and then without, and both in one report.")
  private boolean compare;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the run's files go (default: loadtest-results/RUN).")
  private Path out;

  @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "For repeating.")
  private long seed;

  @Option(
      names = "--rate-scale",
      paramLabel = "X",
      defaultValue = "1",
      description = "How many times the usual rate of arrivals.")
  private double rateScale;

  @Option(
      names = "--duration",
      paramLabel = "SECONDS",
      description = "How long, for steady and soak.")
  private Long durationSeconds;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "With trace: Azure's or BurstGPT's CSV, or Mooncake's JSON lines.")
  private Path trace;

  @Option(
      names = "--from",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description = "With trace: where its window begins.")
  private long fromSeconds;

  @Option(
      names = "--length",
      paramLabel = "SECONDS",
      description = "With trace: how long its window is.")
  private Long lengthSeconds;

  @Option(
      names = "--time-scale",
      paramLabel = "X",
      defaultValue = "1",
      description = "With trace: how much faster it is played.")
  private double timeScale;

  @Override
  public Integer call() throws IOException, ConfigException {
    if (run.equals(REPORT)) {
      return report();
    }
    Path directory = out == null ? Path.of("loadtest-results", run) : out;
    Optional<Builtin> builtin = Builtin.find(run);
    if (builtin.isEmpty()) {
      return simulation(directory);
    }
    if (target != null) {
      SetUp setUp = rehearsal(builtin.get()).setUp();
      return told(onTarget(setUp, directory)).exitCode();
    }
    if (!compare) {
      return told(embedded(rehearsal(builtin.get()), noGate ? Gate.NONE : gate(), directory))
          .exitCode();
    }
    Verdict with =
        told(embedded(rehearsal(builtin.get()), gate(), directory.resolve(EarlierRuns.GATE)));
    Verdict without =
        told(embedded(rehearsal(builtin.get()), Gate.NONE, directory.resolve(EarlierRuns.NO_GATE)));
    say("With the gate: %s; without: %s.", with.sentence(), without.sentence());
    tellReport(Report.write(directory, List.of(EarlierRuns.of(with), EarlierRuns.of(without))));
    return with.exitCode();
  }

  private Gate gate() {
    return adaptive ? Gate.ADAPTIVE : Gate.FIXED;
  }

  private Rehearsal rehearsal(Builtin builtin) {
    if (builtin.name().equals("trace") && trace == null) {
      throw new ParameterException(spec.commandLine(), "trace needs --trace FILE");
    }
    return builtin.rehearsal(
        new BuiltinOptions(
            rateScale,
            Optional.ofNullable(durationSeconds).map(Duration::ofSeconds),
            Optional.ofNullable(trace),
            Duration.ofSeconds(fromSeconds),
            Optional.ofNullable(lengthSeconds).map(Duration::ofSeconds),
            timeScale,
            BuiltinOptions.defaults().tierShares(),
            seed));
  }

  private int simulation(Path directory) throws IOException {
    SetUp setUp = construct(run).setUp();
    return told(onTarget(setUp, directory)).exitCode();
  }

  private Simulation construct(String name) {
    try {
      return Class.forName(name)
          .asSubclass(Simulation.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ClassNotFoundException e) {
      throw new ParameterException(
          spec.commandLine(),
          "`%s` is neither a class nor one of %s"
              .formatted(
                  name,
                  Builtin.all().stream().map(Builtin::name).collect(Collectors.joining(", "))),
          e);
    } catch (ReflectiveOperationException | ClassCastException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalStateException(name + ": " + cause.getMessage(), e);
    }
  }

  private Verdict onTarget(SetUp setUp, Path directory) throws IOException {
    if (target != null) {
      setUp.adapt(protocol -> protocol.baseUrl(target.toString()));
    }
    if (!keys.isEmpty()) {
      setUp.adapt(this::withKeys);
    }
    URI url =
        setUp
            .protocol()
            .url()
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(), run + " names no target: give --target URL"));
    requireReachable(url);
    return execute(setUp, directory, true, progress -> {});
  }

  private Verdict embedded(Rehearsal rehearsal, Gate gate, Path directory)
      throws IOException, ConfigException {
    Files.createDirectories(directory);
    try (RehearsalTarget service = RehearsalTarget.start(rehearsal, gate, directory, seed)) {
      rehearsal.setUp().adapt(service::adapt);
      say(
          "%s, against a simulated backend of %d seats %s.",
          run,
          rehearsal.capacitySeats(),
          gate == Gate.NONE ? "with no gate in front of it" : "behind a gate");
      return execute(
          rehearsal.setUp(),
          directory,
          gate != Gate.NONE,
          progress -> service.elapsed(progress.elapsedNanos()));
    }
  }

  private Verdict execute(SetUp setUp, Path directory, boolean throughGate, Consumer<Progress> also)
      throws IOException {
    setUp.plan().populations().forEach(this::tellRateOfTrace);
    ProgressLine line = new ProgressLine(printer(), Ansi.AUTO.enabled());
    RunOptions options =
        new RunOptions(
            seed,
            directory,
            arguments(),
            throughGate,
            progress -> {
              also.accept(progress);
              line.show(progress);
            });
    Run running = new Run(setUp.plan(), options);
    Signals.onFirstAndSecond(running::stop, () -> Runtime.getRuntime().halt(1));
    RunData data = running.execute();
    line.clear();
    Verdict verdict = setUp.judge(data, options);
    tellReport(directory.resolve(Report.FILE));
    return verdict;
  }

  private void tellRateOfTrace(Population population) {
    if (population.injection() instanceof Open open && open.arrivals() instanceof Replay replay) {
      say(
          "%s",
          RateProfile.of(replay.fireTimes(new SplittableRandom(seed)), replay.durationNanos())
              .describe());
    }
  }

  private Verdict told(Verdict verdict) {
    for (AssertionResult result : verdict.results()) {
      say(
          "  %s  %s: %s",
          result.passed() ? "ok    " : "FAILED", result.assertion(), result.actual());
    }
    verdict.run().health().problems().forEach(problem -> say("  INVALID %s", problem));
    if (verdict.run().cutShort()) {
      say("The run was cut short.");
    }
    say("%s.", verdict.sentence());
    return verdict;
  }

  private int report() throws IOException {
    if (earlier == null) {
      throw new ParameterException(spec.commandLine(), "report needs the directory of a run");
    }
    List<ReportedRun> runs = EarlierRuns.read(earlier);
    for (ReportedRun one : runs) {
      say("%s: %s.", one.run().manifest().name(), Sentence.of(one.run()));
    }
    tellReport(Report.write(earlier, runs));
    return 0;
  }

  private ChatProtocol withKeys(ChatProtocol protocol) {
    ChatProtocol changed = protocol.withKeys(Map.of());
    for (String given : keys) {
      int sign = given.indexOf('=');
      if (sign < 1) {
        throw new ParameterException(spec.commandLine(), "--key is to be TIER=KEY");
      }
      changed = changed.key(given.substring(0, sign), given.substring(sign + 1));
    }
    return changed;
  }

  private void requireReachable(URI url) throws IOException {
    int port = url.getPort() > 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(url.getHost(), port), REACH_MILLIS);
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException("cannot reach " + url + ": " + e.getMessage(), e);
    }
  }

  /** What was typed, without keys. */
  private List<String> arguments() {
    List<String> typed = new ArrayList<>();
    for (String argument : spec.commandLine().getParseResult().originalArgs()) {
      int sign = argument.lastIndexOf('=');
      boolean secret = keys.stream().anyMatch(argument::endsWith);
      typed.add(secret && sign > 0 ? argument.substring(0, sign + 1) + "***" : argument);
    }
    return typed;
  }

  private void tellReport(Path file) {
    say("Report: %s", file);
  }

  private void say(String format, Object... values) {
    printer().printf(format + "%n", values);
    printer().flush();
  }

  private PrintWriter printer() {
    return spec.commandLine().getOut();
  }
}
