package io.tidegate.loadtest.builtin;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What can be chosen about a built-in load test.
 *
 * @param rateScale how many times the usual rate of arrivals, more than 0
 * @param duration how long, where a test has no story of its own
 * @param trace the file that {@code trace} replays
 * @param from of the trace's window, from its beginning
 * @param length of the window; empty: to the end
 * @param timeScale how much faster the trace is played
 * @param tierShares which part of a trace's arrivals is of which tier
 * @param seed of what is random in a trace
 */
public record BuiltinOptions(
    double rateScale,
    Optional<Duration> duration,
    Optional<Path> trace,
    Duration from,
    Optional<Duration> length,
    double timeScale,
    Map<String, Double> tierShares,
    long seed) {

  public BuiltinOptions {
    if (!(rateScale > 0) || !(timeScale > 0)) {
      throw new IllegalArgumentException("a scale must be more than 0");
    }
  }

  /** The usual rate, a minute, no trace. */
  public static BuiltinOptions defaults() {
    return new BuiltinOptions(
        1,
        Optional.empty(),
        Optional.empty(),
        Duration.ZERO,
        Optional.empty(),
        1,
        Map.of("plus", 0.2, "free", 0.6, "new", 0.2),
        1);
  }
}
