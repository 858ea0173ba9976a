package io.tidegate.http.cli.loadtest;

import io.tidegate.loadtest.arrival.RateProfile;
import io.tidegate.loadtest.arrival.trace.Replay;
import io.tidegate.loadtest.assertion.AssertionResult;
import io.tidegate.loadtest.dsl.Verdict;
import io.tidegate.loadtest.record.result.Paired;
import io.tidegate.loadtest.scenario.Population;
import io.tidegate.loadtest.scenario.Population.Injection.Open;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What is said of a load test in words.
 *
 * @param out where
 */
record Told(PrintWriter out) {

  void say(String format, Object... values) {
    out.printf(format + "%n", values);
    out.flush();
  }

  /** Which rates a trace has, before it is played. */
  void rateOfTrace(Population population, long seed) {
    if (population.injection() instanceof Open open && open.arrivals() instanceof Replay replay) {
      say(
          "%s",
          RateProfile.of(replay.fireTimes(new SplittableRandom(seed)), replay.durationNanos())
              .describe());
    }
  }

  /** How a run went, and gives its verdict back. */
  Verdict verdict(Verdict verdict) {
    for (AssertionResult result : verdict.results()) {
      say(
          "  %s  %s: %s",
          result.passed() ? "ok    " : "FAILED", result.assertion(), result.actual());
    }
    verdict.run().health().problems().forEach(problem -> say("  INVALID %s", problem));
    if (verdict.run().cutShort()) {
      say("The run was cut short.");
    }
    if (verdict.run().paired().pairs() > 0) {
      paired(verdict.run().paired());
    }
    say("%s.", verdict.sentence());
    return verdict;
  }

  void report(Path file) {
    say("Report: %s", file);
  }

  private void paired(Paired paired) {
    say("  Added by the target, over %d pairs, in µs:", paired.pairs());
    say("  %-12s %10s %10s %10s", "", "p50", "p99", "p99.9");
    say(
        "  %-12s %10s %10s %10s",
        "first token",
        micros(paired.addedFirstTokenMicros(50)),
        micros(paired.addedFirstTokenMicros(99)),
        micros(paired.addedFirstTokenMicros(99.9)));
    say(
        "  %-12s %10s %10s %10s",
        "whole answer",
        micros(paired.addedWholeMicros(50)),
        micros(paired.addedWholeMicros(99)),
        micros(paired.addedWholeMicros(99.9)));
  }

  private static String micros(double micros) {
    return String.format(Locale.ROOT, "%.0f", micros);
  }
}
