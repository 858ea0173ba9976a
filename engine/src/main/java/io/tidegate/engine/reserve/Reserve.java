package io.tidegate.engine.reserve;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * Keeps the reserve: measures how fast the best tier asks and how fast seats come free, and asks
 * the rule. Told about every tenth of a second; not safe for use by several threads.
 */
public final class Reserve {
  // Short, so that the first burst of the best tier is met; arrivals of seconds ago are forgotten.
  private static final double ARRIVALS_OVER_SECONDS = 5;
  // Longer, because answers differ in length by two orders of magnitude.
  private static final double HELD_OVER_SECONDS = 30;
  // One arrival in a hundred seconds, which a mean over five seconds cannot tell from none.
  private static final double NO_ARRIVALS_PER_SECOND = .01;

  private final OptionalInt givenSeats;
  private final boolean singleTier;
  private boolean begun;
  private long lastNanos;
  private Totals last;
  private double arrivalsPerSecond;
  private double releasedSeats;
  private double heldSeatMillis;

  /**
   * What was counted since the engine's start.
   *
   * @param bestOfferedSeats seats that requests of the best tier asked for
   * @param releasedSeats seats that were given back, by all
   * @param heldSeatMillis how long those were held, summed over seats
   */
  public record Totals(long bestOfferedSeats, long releasedSeats, long heldSeatMillis) {}

  /**
   * A reserve that has measured nothing.
   *
   * @param givenSeats the operator's number; empty: computed
   * @param singleTier whether there is nobody to keep seats from
   */
  public Reserve(OptionalInt givenSeats, boolean singleTier) {
    this.givenSeats = givenSeats;
    this.singleTier = singleTier;
  }

  /**
   * Takes in what was counted, and decides.
   *
   * @param limitSeats the limit; empty: none, and so nothing to keep
   */
  public ReserveDecision step(Totals totals, OptionalInt limitSeats, long nowNanos) {
    measure(totals, nowNanos);
    if (singleTier) {
      return new ReserveDecision(0, "none: there is a single tier");
    }
    if (limitSeats.isEmpty()) {
      return new ReserveDecision(0, "none: there is no limit");
    }
    int limit = limitSeats.getAsInt();
    if (givenSeats.isPresent()) {
      int seats = Math.min(givenSeats.getAsInt(), ReserveRule.most(limit));
      return new ReserveDecision(seats, "given by the operator, at most three tenths of the limit");
    }
    if (arrivalsPerSecond < NO_ARRIVALS_PER_SECOND) {
      return new ReserveDecision(0, "none: the best tier asks for nothing");
    }
    if (heldSeatMillis <= 0 || releasedSeats <= 0) {
      return new ReserveDecision(0, "none yet: no request has ended");
    }
    double freedPerSecond = limit / (heldSeatMillis / releasedSeats / 1_000);
    int seats = ReserveRule.seats(arrivalsPerSecond, freedPerSecond, limit);
    return new ReserveDecision(
        seats,
        String.format(
            Locale.ROOT,
            "the best tier asks for %.1f seats/s of %.1f that come free",
            arrivalsPerSecond,
            freedPerSecond));
  }

  private void measure(Totals totals, long nowNanos) {
    double seconds = (nowNanos - lastNanos) / 1e9;
    if (begun && seconds > 0) {
      long arrived = totals.bestOfferedSeats() - last.bestOfferedSeats();
      double share = 1 - Math.exp(-seconds / ARRIVALS_OVER_SECONDS);
      arrivalsPerSecond += share * (arrived / seconds - arrivalsPerSecond);
      double kept = Math.exp(-seconds / HELD_OVER_SECONDS);
      releasedSeats = releasedSeats * kept + totals.releasedSeats() - last.releasedSeats();
      heldSeatMillis = heldSeatMillis * kept + totals.heldSeatMillis() - last.heldSeatMillis();
    }
    begun = true;
    lastNanos = nowNanos;
    last = totals;
  }
}
