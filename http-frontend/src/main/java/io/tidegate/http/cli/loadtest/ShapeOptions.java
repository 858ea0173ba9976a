package io.tidegate.http.cli.loadtest;

import io.tidegate.loadtest.builtin.BuiltinOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How much comes, for how long, and by which file. */
final class ShapeOptions {

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

  long seed() {
    return seed;
  }

  boolean namesTrace() {
    return trace != null;
  }

  BuiltinOptions options() {
    return new BuiltinOptions(
        rateScale,
        Optional.ofNullable(durationSeconds).map(Duration::ofSeconds),
        Optional.ofNullable(trace),
        Duration.ofSeconds(fromSeconds),
        Optional.ofNullable(lengthSeconds).map(Duration::ofSeconds),
        timeScale,
        BuiltinOptions.defaults().tierShares(),
        seed);
  }
}
