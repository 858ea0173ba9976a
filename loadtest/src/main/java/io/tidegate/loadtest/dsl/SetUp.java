package io.tidegate.loadtest.dsl;

import io.tidegate.loadtest.assertion.Assertion;
import io.tidegate.loadtest.assertion.AssertionFiles;
import io.tidegate.loadtest.assertion.AssertionResult;
import io.tidegate.loadtest.record.UnwritableException;
import io.tidegate.loadtest.record.result.RunData;
import io.tidegate.loadtest.record.result.RunData.Mark;
import io.tidegate.loadtest.report.Report;
import io.tidegate.loadtest.report.ReportedRun;
import io.tidegate.loadtest.run.HealthBounds;
import io.tidegate.loadtest.run.Run;
import io.tidegate.loadtest.run.RunOptions;
import io.tidegate.loadtest.run.RunPlan;
import io.tidegate.loadtest.scenario.ChatProtocol;
import io.tidegate.loadtest.scenario.Population;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What a simulation is made of. Its methods change it and give it back, as Gatling's do.
 *
 * <p>Not thread-safe.
 */
public final class SetUp {

  private final List<Population> populations;
  private final List<Assertion> assertions = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private String name;
  private String description = "";
  private ChatProtocol protocol = ChatProtocol.defaults();
  private Optional<Duration> maxDuration = Optional.empty();
  private HealthBounds bounds = HealthBounds.defaults();

  SetUp(String name, List<Population> populations) {
    this.name = name;
    this.populations = populations;
  }

  /** A set-up without a class of its own. */
  public static SetUp of(String name, List<Population> populations) {
    return new SetUp(name, populations);
  }

  /** Another name than that of the class. */
  public SetUp named(String newName) {
    name = newName;
    return this;
  }

  /** What it is, in a sentence or two, for the report. */
  public SetUp describedAs(String sentence) {
    description = sentence;
    return this;
  }

  public SetUp protocols(ChatProtocol chat) {
    protocol = chat;
    return this;
  }

  /** What must hold of the run. */
  public SetUp assertions(Assertion... more) {
    assertions.addAll(Arrays.asList(more));
    return this;
  }

  /** Something that changes then, for the charts of the report; steps of arrivals are known. */
  public SetUp marked(Duration at, String label) {
    marks.add(new Mark(at.toNanos(), label));
    return this;
  }

  /** Arrivals end then at the latest, and what is still open is given up. */
  public SetUp maxDuration(Duration duration) {
    maxDuration = Optional.of(duration);
    return this;
  }

  /** How much the generator may get in its own way before the run is invalid. */
  public SetUp validWithin(HealthBounds newBounds) {
    bounds = newBounds;
    return this;
  }

  /** Changes the protocol: whoever runs a simulation knows the target and the keys. */
  public SetUp adapt(UnaryOperator<ChatProtocol> change) {
    protocol = change.apply(protocol);
    return this;
  }

  public ChatProtocol protocol() {
    return protocol;
  }

  /** What is to be run. */
  public RunPlan plan() {
    return new RunPlan(name, description, populations, protocol, marks, maxDuration, bounds);
  }

  /**
   * Runs it and judges it; {@code assertions.json}, {@code junit.xml} and {@code report.html} are
   * written beside the run's own files.
   *
   * @throws IOException if files cannot be written
   */
  public Verdict run(RunOptions options) throws IOException {
    return judge(new Run(plan(), options).execute(), options);
  }

  /**
   * Judges a run of this set-up, and writes its judgement.
   *
   * @param more what was judged by other means
   */
  public Verdict judge(RunData run, RunOptions options, AssertionResult... more)
      throws IOException {
    List<AssertionResult> results =
        Stream.concat(
                assertions.stream().flatMap(assertion -> assertion.judge(run).stream()),
                Stream.of(more))
            .toList();
    Path folder = options.directory();
    return UnwritableException.explain(
        folder,
        () -> {
          AssertionFiles.write(folder, name, results, run.health().problems());
          Report.write(folder, List.of(new ReportedRun(run, results)));
          return new Verdict(run, results);
        });
  }
}
