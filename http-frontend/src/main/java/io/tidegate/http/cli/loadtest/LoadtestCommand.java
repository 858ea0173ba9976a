package io.tidegate.http.cli.loadtest;

import io.tidegate.http.cli.loadtest.RehearsalTarget.Gate;
import io.tidegate.http.cli.loadtest.SimulationClass.UnknownSimulation;
import io.tidegate.http.config.ConfigException;
import io.tidegate.loadtest.builtin.Builtin;
import io.tidegate.loadtest.builtin.Rehearsal;
import io.tidegate.loadtest.dsl.SetUp;
import io.tidegate.loadtest.dsl.Verdict;
import io.tidegate.loadtest.record.UnwritableException;
import io.tidegate.loadtest.report.Report;
import io.tidegate.loadtest.report.ReportedRun;
import io.tidegate.loadtest.run.RunOptions;
import io.tidegate.loadtest.run.Sentence;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a load test: one of those built in, or a simulation class. */
@Command(
    name = "loadtest",
    description = {
      "Run a load test: a built-in one, or a simulation of yours by class or Java file.",
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

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN", description = "Its name, or `report`.")
  private String run;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DIR",
      description = "With `report`: the directory of an earlier run.")
  private Path earlier;

  @Mixin private TargetOptions target;

  @Mixin private ShapeOptions shape;

  @Option(
      names = "--compare",
      description = "Without --target: with the gate and then without, and both in one report.")
  private boolean compare;

  @Option(
      names = "--requests",
      description = "Keep a line for each request too, in requests.csv.gz.")
  private boolean requests;

  @Option(
      names = "--class-path",
      paramLabel = "PATH",
      defaultValue = "",
      description = "Where a simulation's classes are, beside this program's own.")
  private String classPath;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the run's files go (default: loadtest-results/RUN).")
  private Path out;

  @Override
  public Integer call() throws IOException, ConfigException {
    if (run.equals(REPORT)) {
      return report();
    }
    Path directory = out == null ? Path.of("loadtest-results", nameOfRun()) : out;
    Optional<Builtin> builtin = Builtin.find(run);
    if (builtin.isEmpty()) {
      return onTarget(simulation(), directory).exitCode();
    }
    if (target.target().isPresent()) {
      return onTarget(rehearsal(builtin.get()).setUp(), directory).exitCode();
    }
    if (target.detour().isPresent()) {
      throw new ParameterException(spec.commandLine(), "--paired needs --target URL");
    }
    if (!compare) {
      return embedded(rehearsal(builtin.get()), target.gateUnlessNone(), directory).exitCode();
    }
    return both(builtin.get(), directory);
  }

  private int both(Builtin builtin, Path directory) throws IOException, ConfigException {
    Verdict with = embedded(rehearsal(builtin), target.gate(), directory.resolve(EarlierRuns.GATE));
    if (with.run().cutShort()) {
      return with.exitCode();
    }
    Verdict without =
        embedded(rehearsal(builtin), Gate.NONE, directory.resolve(EarlierRuns.NO_GATE));
    told().say("With the gate: %s; without: %s.", with.sentence(), without.sentence());
    List<ReportedRun> runs = List.of(EarlierRuns.of(with), EarlierRuns.of(without));
    told().report(UnwritableException.explain(directory, () -> Report.write(directory, runs)));
    return with.exitCode();
  }

  private Rehearsal rehearsal(Builtin builtin) {
    if (builtin.name().equals("trace") && !shape.namesTrace()) {
      throw new ParameterException(spec.commandLine(), "trace needs --trace FILE");
    }
    return builtin.rehearsal(shape.options());
  }

  /** A Java file gives its name without folder and ending. */
  private String nameOfRun() {
    return run.endsWith(SourceFile.SUFFIX)
        ? Path.of(run).getFileName().toString().replace(SourceFile.SUFFIX, "")
        : run;
  }

  private SetUp simulation() throws IOException {
    try {
      return SimulationClass.setUp(run, classPath);
    } catch (UnknownSimulation e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private Verdict onTarget(SetUp setUp, Path directory) throws IOException {
    setUp.adapt(target::adapt);
    URI url =
        setUp
            .protocol()
            .url()
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(), run + " names no target: give --target URL"));
    TargetOptions.requireReachable(url);
    RunOptions options = options(directory, true);
    if (target.detour().isPresent()) {
      TargetOptions.requireReachable(target.detour().get().url());
      options = options.withDetour(target.detour().get());
    }
    return LiveRun.execute(setUp, options, told(), target.metrics(), progress -> {});
  }

  private Verdict embedded(Rehearsal rehearsal, Gate gate, Path directory)
      throws IOException, ConfigException {
    UnwritableException.explain(directory, () -> Files.createDirectories(directory));
    try (RehearsalTarget service =
        RehearsalTarget.start(rehearsal, gate, directory, shape.seed())) {
      rehearsal.setUp().adapt(service::adapt);
      rehearsal
          .capacityChanges()
          .forEach(
              change ->
                  rehearsal
                      .setUp()
                      .marked(
                          change.at(),
                          change.seats() + " of " + rehearsal.capacitySeats() + " seats"));
      told()
          .say(
              "%s, against a simulated backend of %d seats %s.",
              run,
              rehearsal.capacitySeats(),
              gate == Gate.NONE ? "with no gate in front of it" : "behind a gate");
      return LiveRun.execute(
          rehearsal.setUp(),
          options(directory, gate != Gate.NONE),
          told(),
          service.metrics(),
          progress -> service.elapsed(progress.elapsedNanos()));
    }
  }

  private RunOptions options(Path directory, boolean throughGate) {
    List<String> typed = spec.commandLine().getParseResult().originalArgs();
    RunOptions options =
        RunOptions.into(directory, shape.seed()).toldAs(target.withoutKeys(typed), throughGate);
    return requests ? options.withRequests() : options;
  }

  private int report() throws IOException {
    if (earlier == null) {
      throw new ParameterException(spec.commandLine(), "report needs the directory of a run");
    }
    List<ReportedRun> runs = EarlierRuns.read(earlier);
    for (ReportedRun one : runs) {
      told().say("%s: %s.", one.run().manifest().name(), Sentence.of(one.run()));
    }
    told().report(UnwritableException.explain(earlier, () -> Report.write(earlier, runs)));
    return 0;
  }

  private Told told() {
    return new Told(spec.commandLine().getOut());
  }
}
