package io.tidegate.engine.simulation.sales;

import io.tidegate.engine.signup.gate.order.SignupState;
import io.tidegate.engine.signup.ledger.LedgerInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Runs a {@link Story} minute by minute with one way to decide. The same seed gives the same people
 * and the same chance, whatever decides.
 */
public final class FortyDays {
  private static final int MINUTES_A_DAY = 24 * 60;
  private static final long MINUTE_MILLIS = TimeUnit.MINUTES.toMillis(1);
  // Requests a seat carries in a minute.
  private static final double REQUESTS = 3;
  // What new subscribers and the queue take off the established ones' shoulders.
  private static final double BUFFER = .05;

  private FortyDays() {}

  /** What comes of it. */
  public static SalesResult run(Story story, Sales sales, long seed) {
    Rhythm rhythm = new Rhythm(new Random(seed));
    Market market =
        new Market(new Random(seed + 1_000_003), Math.round(story.filled() * story.carried()));
    List<SalesResult.Hour> hourly = new ArrayList<>();
    long over = 0;
    long closed = 0;
    int pauses = 0;
    double busiest = 0;
    for (long minute = -Story.DAYS_BEFORE * MINUTES_A_DAY;
        minute < Story.DAYS * MINUTES_A_DAY;
        minute++) {
      boolean counts = minute >= 0;
      double day = (double) minute / MINUTES_A_DAY;
      double demand =
          market.poisson(
              market.subscribers() * story.usePerSubscriber() * rhythm.next(day) * story.use(day));
      double load = demand / story.capacitySeats();
      SignupState before = sales.state();
      long invites =
          sales.step((minute + MINUTES_A_DAY * 100L) * MINUTE_MILLIS, input(market, demand, load));
      market.invite(day * 24, invites);
      // Nobody leaves or comes before it counts: all begin alike.
      market.minute(
          day * 24,
          sales.state(),
          counts ? story.signupsPerHour(day) : 0,
          counts ? story.leavingPerDay() : 0);
      if (counts) {
        over += load > 1 ? 1 : 0;
        closed += sales.state() == SignupState.OPEN ? 0 : 1;
        pauses += before == SignupState.OPEN && sales.state() != SignupState.OPEN ? 1 : 0;
        busiest = Math.max(busiest, load);
        if (minute % 60 == 59) {
          hourly.add(
              new SalesResult.Hour(busiest, market.subscribers(), market.waiting(), sales.state()));
          busiest = 0;
        }
      }
    }
    return new SalesResult(
        over / 60.0,
        pauses,
        closed / 60.0,
        market.admitted(),
        market.waiting(),
        market.turnedAway(),
        hourly);
  }

  private static LedgerInput input(Market market, double demand, double load) {
    return new LedgerInput(
        demand,
        load,
        Math.round(demand * REQUESTS),
        Math.round(demand * REQUESTS * Math.max(0, 1 - (1 + BUFFER) / Math.max(load, 1e-9))),
        market.subscribers(),
        market.openInvites(),
        0,
        market.waiting());
  }
}
