package io.tidegate.loadtest.run;

import io.tidegate.loadtest.record.result.Outcome;
import io.tidegate.loadtest.record.result.Phase;
import io.tidegate.loadtest.record.result.RunData;
import io.tidegate.loadtest.record.result.TierTotals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A run in one sentence: who was served, how many streams were cut, how long a token took. */
public final class Sentence {

  private Sentence() {}

  /** Each tier that asked, the streams cut, and the first token's p99 of the best tier that did. */
  public static String of(RunData run) {
    List<String> parts = new ArrayList<>();
    long cut = 0;
    String best = "";
    for (String tier : run.tiers()) {
      TierTotals total = run.total(tier);
      cut += total.streamsCut();
      if (total.offered() > 0) {
        best = best.isEmpty() ? tier : best;
        parts.add("%s %s %% served".formatted(tier, percent(total.ok(), total.offered())));
      }
    }
    if (parts.isEmpty()) {
      return "nobody asked for anything";
    }
    parts.add(cut + " streams cut");
    long p99 = run.latencies(best, Outcome.OK, Phase.FIRST_TOKEN).percentileNanos(99);
    parts.add(
        p99 == 0
            ? "no first token"
            : String.format(Locale.ROOT, "p99 first token of %s %.2f s", best, p99 / 1e9));
    return String.join(", ", parts);
  }

  /** Never rounded up to 100: that word is kept for all. */
  private static String percent(long part, long whole) {
    double percent = 100.0 * part / whole;
    return percent == Math.rint(percent)
        ? String.format(Locale.ROOT, "%.0f", percent)
        : String.format(Locale.ROOT, "%.1f", Math.min(99.9, percent));
  }
}
