package io.tidegate.engine.simulation.sales;

import io.tidegate.engine.signup.ledger.PlanTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Forty days over some seeds, for each way to decide: what the sign-up gate has to reach, and what
 * stands beside it.
 */
public final class SalesBench {
  /** The most hours over the limit that the gate may let come, in any seed. */
  public static final double MOST_HOURS_OVER = 4;

  /** The most pauses it may need. */
  public static final int MOST_PAUSES = 3;

  private static final double TOO_LOW = .85;

  /** A way to decide. */
  public enum Way {
    /** Everybody may come, always. */
    NO_GATE("no gate"),
    /** The gate closes while the last minutes were over the limit. */
    MOMENTARY_LOAD("momentary load"),
    /** The sign-up gate. */
    LEDGER("ledger of places"),
    /**
     * The sign-up gate with a figure for one subscriber that was right before and is not learned.
     */
    FIXED_FIGURE("ledger, fixed figure"),
    /** The same with a figure that was 15 % too low from the start. */
    TOO_LOW_FIGURE("ledger, 15 % too low");

    private final String label;

    Way(String label) {
      this.label = label;
    }

    /** The way's name in tables. */
    public String label() {
      return label;
    }

    Sales begin(Story story) {
      PlanTerms terms = PlanTerms.of("plus").withCapacity(story.capacitySeats());
      double right = story.capacitySeats() * .9 / story.carried();
      return switch (this) {
        case NO_GATE -> Sales.always();
        case MOMENTARY_LOAD -> Sales.onMomentaryLoad();
        case LEDGER -> Sales.byLedger(terms);
        case FIXED_FIGURE -> Sales.byLedger(terms.withPerSubscriber(right));
        case TOO_LOW_FIGURE -> Sales.byLedger(terms.withPerSubscriber(TOO_LOW * right));
      };
    }
  }

  private SalesBench() {}

  /** One run. */
  public static SalesResult run(Story story, Way way, long seed) {
    return FortyDays.run(story, way.begin(story), seed);
  }

  /** A run for each seed, from 1. */
  public static List<SalesResult> runs(Story story, Way way, int seeds) {
    List<SalesResult> runs = new ArrayList<>();
    for (long seed = 1; seed <= seeds; seed++) {
      runs.add(run(story, way, seed));
    }
    return runs;
  }

  /** Whether all runs keep within what the gate has to reach. */
  public static boolean met(List<SalesResult> runs) {
    return runs.stream()
        .allMatch(run -> run.hoursOver() <= MOST_HOURS_OVER && run.pauses() <= MOST_PAUSES);
  }

  /** What stands above the rows of a table. */
  public static String heading() {
    return "%-22s %20s %14s %14s %12s %12s"
        .formatted("", "hours over the limit", "pauses", "hours closed", "let in", "waiting");
  }

  /** A way's runs as a row: each figure with its least and its most. */
  public static String row(String label, List<SalesResult> runs) {
    return String.format(
        Locale.ROOT,
        "%-22s %20s %14s %14s %12s %12s",
        label,
        spread(runs, "%.1f", SalesResult::hoursOver),
        spread(runs, "%.0f", SalesResult::pauses),
        spread(runs, "%.0f", SalesResult::hoursClosed),
        mean(runs, SalesResult::admitted),
        mean(runs, SalesResult::waiting));
  }

  private static String spread(
      List<SalesResult> runs, String form, ToDoubleFunction<SalesResult> figure) {
    double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
    return String.format(Locale.ROOT, form + " to " + form, sorted[0], sorted[sorted.length - 1]);
  }

  private static String mean(List<SalesResult> runs, ToDoubleFunction<SalesResult> figure) {
    return String.format(
        Locale.ROOT, "%.0f", runs.stream().mapToDouble(figure).average().orElseThrow());
  }
}
