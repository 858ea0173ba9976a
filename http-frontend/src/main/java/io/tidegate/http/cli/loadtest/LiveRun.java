package io.tidegate.http.cli.loadtest;

import io.tidegate.http.cli.signal.Signals;
import io.tidegate.loadtest.dsl.SetUp;
import io.tidegate.loadtest.dsl.Verdict;
import io.tidegate.loadtest.record.result.RunData;
import io.tidegate.loadtest.report.Report;
import io.tidegate.loadtest.run.Progress;
import io.tidegate.loadtest.run.Run;
import io.tidegate.loadtest.run.RunOptions;
import java.io.IOException;
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
   * @param also hears of the progress too
   */
  static Verdict execute(SetUp setUp, RunOptions options, Told told, Consumer<Progress> also)
      throws IOException {
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
    Verdict verdict = setUp.judge(data, watched);
    told.verdict(verdict);
    told.report(options.directory().resolve(Report.FILE));
    return verdict;
  }
}
