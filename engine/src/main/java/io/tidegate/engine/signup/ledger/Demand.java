package io.tidegate.engine.signup.ledger;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * What one subscriber of a plan asks for, learned from the last seven days.
 *
 * <p>Each hour gives one figure: mean demand over mean subscribers. The figure to reckon with is
 * 1.06 times the 98th percentile of these hours, worked out anew after each: a plan is filled for
 * its busy hours, and a few wild ones do not count. Demand that was refused counts as demand; else
 * a service that sheds would look as if it had room. What was learned stands while there is too
 * little to learn from, after a week in which nothing ran.
 *
 * <p>That a line is sized for its busy hours, told by a high percentile of hourly means, is old
 * practice in telephone networks (ITU-T E.500). The percentile and the margin are those with which
 * the simulation of {@code docs/signups.md} keeps within its bounds.
 *
 * <p>Not safe for use by several threads.
 */
final class Demand {
  static final int HOURS = 7 * 24;
  private static final double MARGIN = 1.06;
  private static final double PERCENTILE = .98;
  // A gate that stood still for half of the week has not seen the week.
  private static final int FEWEST_HOURS = HOURS / 2;
  private static final long HOUR_MILLIS = TimeUnit.HOURS.toMillis(1);

  private final Deque<HourlyUse> hours = new ArrayDeque<>();
  private OptionalDouble learned;
  private long hour = Long.MIN_VALUE;
  private double demand;
  private double subscribers;
  private long looks;

  Demand(LedgerRecord kept) {
    hours.addAll(kept.hours());
    learned = kept.learnedSeats();
  }

  /** Takes in one look at the plan. */
  void add(long nowEpochMillis, double demandSeats, long subscriberCount, OptionalLong free) {
    long now = Math.floorDiv(nowEpochMillis, HOUR_MILLIS);
    if (now != hour) {
      close(free);
      hour = now;
    }
    demand += demandSeats;
    subscribers += subscriberCount;
    looks++;
  }

  private void close(OptionalLong free) {
    boolean later = hours.isEmpty() || hours.getLast().hour() < hour;
    if (looks > 0 && subscribers > 0 && later) {
      hours.addLast(new HourlyUse(hour, demand / subscribers, free));
    }
    while (!hours.isEmpty() && hours.getFirst().hour() < hours.getLast().hour() - HOURS) {
      hours.removeFirst();
    }
    learn();
    demand = 0;
    subscribers = 0;
    looks = 0;
  }

  private void learn() {
    if (hours.size() < FEWEST_HOURS
        || hours.getLast().hour() - hours.getFirst().hour() < HOURS - 1) {
      return;
    }
    double[] sorted = hours.stream().mapToDouble(HourlyUse::perSubscriberSeats).sorted().toArray();
    double busy = sorted[(int) Math.ceil(PERCENTILE * sorted.length) - 1];
    // If nobody has used anything, how many the capacity carries cannot be told.
    learned = busy > 0 ? OptionalDouble.of(MARGIN * busy) : OptionalDouble.empty();
  }

  /** The figure to reckon with, in seats; empty: there are no seven days of history yet. */
  OptionalDouble learned() {
    return learned;
  }

  /** The hours it rests on, oldest first. */
  List<HourlyUse> hours() {
    return List.copyOf(hours);
  }
}
