package io.tidegate.loadtest.dsl;

import io.tidegate.loadtest.assertion.AssertionResult;
import io.tidegate.loadtest.record.result.RunData;
import io.tidegate.loadtest.run.Sentence;
import java.util.List;

/**
 * A run and how it was judged.
 *
 * @param run what was measured
 * @param results of all assertions
 */
public record Verdict(RunData run, List<AssertionResult> results) {

  private static final int GOOD = 0;
  private static final int FAILED = 2;
  private static final int INVALID = 3;

  public Verdict {
    results = List.copyOf(results);
  }

  /** Whether every assertion holds. */
  public boolean passed() {
    return results.stream().allMatch(AssertionResult::passed);
  }

  /**
   * The exit code that says the same: 0 good, 2 an assertion failed, 3 the run is invalid, whatever
   * the assertions say.
   */
  public int exitCode() {
    if (!run.health().isValid()) {
      return INVALID;
    }
    return passed() ? GOOD : FAILED;
  }

  /** The run in one sentence. */
  public String sentence() {
    return Sentence.of(run);
  }
}
