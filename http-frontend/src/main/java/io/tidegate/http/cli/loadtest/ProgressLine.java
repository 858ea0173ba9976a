package io.tidegate.http.cli.loadtest;

import io.tidegate.loadtest.record.result.TierTotals;
import io.tidegate.loadtest.run.Progress;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * How far a load test is. On a terminal a few lines that are written over, a bar and one for each
 * tier that asks, none wider than eighty columns; else a new line every ten seconds.
 */
final class ProgressLine {

  private static final long NEWS_SECONDS = 10;
  private static final int BAR_CELLS = 20;
  private static final String CLEAR_TO_END = "\r\u001b[J";
  private static final String UP = "\u001b[%dA";

  private final PrintWriter out;
  private final boolean terminal;
  private int shownLines;

  ProgressLine(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  void show(Progress progress) {
    if (terminal) {
      List<String> lines = lines(progress);
      takeAway();
      lines.forEach(out::println);
      shownLines = lines.size();
      out.flush();
    } else if (TimeUnit.NANOSECONDS.toSeconds(progress.elapsedNanos()) % NEWS_SECONDS == 0) {
      out.println(line(progress));
      out.flush();
    }
  }

  /** Takes the lines away, so that what follows begins at their place. */
  void clear() {
    takeAway();
    out.flush();
  }

  private void takeAway() {
    if (shownLines > 0) {
      out.print(UP.formatted(shownLines) + CLEAR_TO_END);
      shownLines = 0;
    }
  }

  /** For a terminal. */
  static List<String> lines(Progress progress) {
    List<String> lines = new ArrayList<>();
    lines.add(bar(progress) + times(progress));
    progress
        .tiers()
        .forEach(
            (name, tier) -> {
              if (tier.offered() > 0) {
                lines.add(
                    "  %-16.16s %9d served %9d refused %9d failed"
                        .formatted(name, tier.ok(), tier.shedCount(), tier.koCount()));
              }
            });
    return lines;
  }

  /** For a file. */
  static String line(Progress progress) {
    StringBuilder line = new StringBuilder(bar(progress));
    progress.tiers().forEach((name, tier) -> line.append(tier(name, tier)));
    line.append(times(progress));
    return line.toString();
  }

  private static String bar(Progress progress) {
    double done = (double) progress.elapsedNanos() / Math.max(1, progress.plannedNanos());
    int full = (int) Math.round(BAR_CELLS * Math.min(1, done));
    return "[%s%s] %d/%d s, %d users"
        .formatted(
            "=".repeat(full),
            " ".repeat(BAR_CELLS - full),
            TimeUnit.NANOSECONDS.toSeconds(progress.elapsedNanos()),
            TimeUnit.NANOSECONDS.toSeconds(progress.plannedNanos()),
            progress.activeUsers());
  }

  private static String times(Progress progress) {
    return String.format(
        Locale.ROOT,
        ", p99 %.2f s, lag %.0f ms",
        progress.firstTokenP99Nanos() / 1e9,
        progress.lagMaxNanos() / 1e6);
  }

  private static String tier(String name, TierTotals tier) {
    return tier.offered() == 0
        ? ""
        : " | %s %d ok %d shed %d ko".formatted(name, tier.ok(), tier.shedCount(), tier.koCount());
  }
}
