package io.tidegate.loadtest.report;

import io.tidegate.loadtest.assertion.AssertionFiles;
import io.tidegate.loadtest.assertion.AssertionResult;
import io.tidegate.loadtest.record.RunDirectory;
import io.tidegate.loadtest.record.result.RunData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A run and how it was judged, as a report tells of it.
 *
 * @param run what was measured
 * @param results of all assertions; none if it was never judged
 */
public record ReportedRun(RunData run, List<AssertionResult> results) {

  public ReportedRun {
    results = List.copyOf(results);
  }

  /**
   * Reads a run and its judgement again.
   *
   * @throws IOException if there is no finished run, or its files are damaged
   */
  public static ReportedRun read(Path directory) throws IOException {
    return new ReportedRun(RunDirectory.read(directory), AssertionFiles.read(directory));
  }

  /** What a reader is to call it. */
  String label() {
    return run.manifest().throughGate() ? "with the gate" : "without the gate";
  }

  /** How it ended, in the order in which one thing outweighs another. */
  Standing standing() {
    if (!run.health().isValid()) {
      return Standing.INVALID;
    }
    if (results.stream().anyMatch(result -> !result.passed())) {
      return Standing.FAILED;
    }
    return results.isEmpty() ? Standing.UNJUDGED : Standing.PASSED;
  }

  /** What can be said of a run. */
  enum Standing {
    /** Every assertion holds. */
    PASSED,
    /** An assertion does not hold. */
    FAILED,
    /** What was measured cannot be believed. */
    INVALID,
    /** Nobody asserted anything. */
    UNJUDGED
  }
}
