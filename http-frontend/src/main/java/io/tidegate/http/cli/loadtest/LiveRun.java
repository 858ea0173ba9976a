package io.tidegate.http.cli.loadtest;

import io.tidegate.http.cli.signal.Signals;
import io.tidegate.loadtest.assertion.AssertionResult;
import io.tidegate.loadtest.books.Audit;
import io.tidegate.loadtest.builtin.WarmUp;
import io.tidegate.loadtest.dsl.SetUp;
import io.tidegate.loadtest.dsl.Verdict;
import io.tidegate.loadtest.record.result.RunData;
import io.tidegate.loadtest.report.Report;
import io.tidegate.loadtest.run.Progress;
import io.tidegate.loadtest.run.Run;
import io.tidegate.loadtest.run.RunOptions;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Help.Ansi;

/**
 * A run that somebody watches: its progress is shown, and a signal ends it early, but not without
 * its report.
 */
final class LiveRun {

  private LiveRun() {}

  /**
   * Runs and judges; all files are written.
   *
   * @param metrics of the gate that is loaded, where it is known; its books are judged too
   * @param also hears of the progress too
   */
  static Verdict execute(
      SetUp setUp, RunOptions options, Told told, Optional<URI> metrics, Consumer<Progress> also)
      throws IOException {
    WarmUp.once();
    Optional<Audit> audit = Optional.empty();
    if (metrics.isPresent()) {
      audit = Optional.of(Audit.begin(metrics.get()));
    }
    setUp.plan().populations().forEach(population -> told.rateOfTrace(population, options.seed()));
    ProgressLine line = new ProgressLine(told.out(), Ansi.AUTO.enabled());
    RunOptions watched =
        options.withProgress(
            progress -> {
              also.accept(progress);
              line.show(progress);
            });
    Run run = new Run(setUp.plan(), watched);
    Signals.onFirstAndSecond(run::stop, () -> Runtime.getRuntime().halt(1));
    RunData data;
    try {
      data = run.execute();
    } finally {
      line.clear();
    }
    AssertionResult[] more =
        audit.isPresent()
            ? new AssertionResult[] {audit.get().judge(data)}
            : new AssertionResult[0];
    Verdict verdict = setUp.judge(data, watched, more);
    told.verdict(verdict);
    told.report(options.directory().resolve(Report.FILE));
    return verdict;
  }
}
