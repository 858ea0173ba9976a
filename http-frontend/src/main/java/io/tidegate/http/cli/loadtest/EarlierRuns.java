package io.tidegate.http.cli.loadtest;

import io.tidegate.loadtest.dsl.Verdict;
import io.tidegate.loadtest.report.ReportedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the runs of a load test lie that a report tells of. */
final class EarlierRuns {

  /** Of a comparison: the folder of the run with the gate. */
  static final String GATE = "gate";

  /** Of a comparison: the folder of the run without it. */
  static final String NO_GATE = "no-gate";

  private EarlierRuns() {}

  /**
   * The run of a directory, or both of a comparison.
   *
   * @throws IOException if there is none, or it is damaged
   */
  static List<ReportedRun> read(Path directory) throws IOException {
    Path with = directory.resolve(GATE);
    Path without = directory.resolve(NO_GATE);
    return Files.isDirectory(with) && Files.isDirectory(without)
        ? List.of(ReportedRun.read(with), ReportedRun.read(without))
        : List.of(ReportedRun.read(directory));
  }

  static ReportedRun of(Verdict verdict) {
    return new ReportedRun(verdict.run(), verdict.results());
  }
}
