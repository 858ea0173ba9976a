package io.tidegate.http.cli.loadtest;

import io.tidegate.loadtest.record.result.TierTotals;
import io.tidegate.loadtest.run.Progress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * How far a load test is: one line that is written over on a terminal, else a new one every ten
 * seconds.
 */
final class ProgressLine {

  private static final long NEWS_SECONDS = 10;
  private static final int BAR_CELLS = 20;
  private static final String OVERWRITE = "\r\u001b[K";

  private final PrintWriter out;
  private final boolean terminal;

  ProgressLine(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  void show(Progress progress) {
    if (terminal) {
      out.print(OVERWRITE + line(progress));
      out.flush();
    } else if (TimeUnit.NANOSECONDS.toSeconds(progress.elapsedNanos()) % NEWS_SECONDS == 0) {
      out.println(line(progress));
      out.flush();
    }
  }

  /** Takes the line away, so that what follows begins at its place. */
  void clear() {
    if (terminal) {
      out.print(OVERWRITE);
      out.flush();
    }
  }

  static String line(Progress progress) {
    StringBuilder line = new StringBuilder();
    double done = (double) progress.elapsedNanos() / Math.max(1, progress.plannedNanos());
    int full = (int) Math.round(BAR_CELLS * Math.min(1, done));
    line.append('[').append("=".repeat(full)).append(" ".repeat(BAR_CELLS - full)).append(']');
    line.append(
        String.format(
            Locale.ROOT,
            " %d/%d s, %d users",
            TimeUnit.NANOSECONDS.toSeconds(progress.elapsedNanos()),
            TimeUnit.NANOSECONDS.toSeconds(progress.plannedNanos()),
            progress.activeUsers()));
    progress.tiers().forEach((name, tier) -> line.append(tier(name, tier)));
    line.append(
        String.format(
            Locale.ROOT,
            ", p99 %.2f s, lag %.0f ms",
            progress.firstTokenP99Nanos() / 1e9,
            progress.lagMaxNanos() / 1e6));
    return line.toString();
  }

  private static String tier(String name, TierTotals tier) {
    return tier.offered() == 0
        ? ""
        : " | %s %d ok %d shed %d ko".formatted(name, tier.ok(), tier.shedCount(), tier.koCount());
  }
}
