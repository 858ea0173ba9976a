package io.tidegate.engine.simulation.sales;

/**
 * What happens in the forty days.
 *
 * @param capacitySeats seats meant for the plan's subscribers; the limit too
 * @param usePerSubscriber seats one subscriber asks for, averaged over a week, before it rises
 * @param filled how much of what the capacity carries is sold on the first day
 * @param signupsPerDay who wants to subscribe on a calm day, as a part of what the capacity carries
 * @param leavingPerDay the part of the subscribers that leaves each day
 * @param surge how many times as many want to subscribe while they surge
 * @param surgeFromDay on which day the surge begins
 * @param surgeDays how long it lasts
 * @param rise by what part the use of each subscriber rises
 * @param riseOnDay on which day it rises, from its first hour to its last
 */
public record Story(
    double capacitySeats,
    double usePerSubscriber,
    double filled,
    double signupsPerDay,
    double leavingPerDay,
    double surge,
    double surgeFromDay,
    double surgeDays,
    double rise,
    double riseOnDay) {

  /** How long it is watched. */
  public static final int DAYS = 40;

  /** Time in which a ledger learns, and nothing is counted. */
  static final int DAYS_BEFORE = 9;

  /**
   * A service that is well filled. A novelty is presented: for a week eight times as many people
   * come, and by the evening of its first day those inside use the service a fifth more.
   */
  public static Story ofFortyDays() {
    return new Story(2_000, .012, .8, .005, .003, 8, 8, 7, .2, 8);
  }

  /** The same with the rise on another day. */
  public Story withRiseOnDay(double day) {
    return new Story(
        capacitySeats,
        usePerSubscriber,
        filled,
        signupsPerDay,
        leavingPerDay,
        surge,
        surgeFromDay,
        surgeDays,
        rise,
        day);
  }

  /** Subscribers whom the capacity carries in its busy hours, before the rise. */
  double carried() {
    return .9 * capacitySeats / (usePerSubscriber * Rhythm.BUSY);
  }

  /** People who want to subscribe, an hour. */
  double signupsPerHour(double day) {
    boolean surges = day >= surgeFromDay && day < surgeFromDay + surgeDays;
    return carried() * signupsPerDay * (surges ? surge : 1) / 24;
  }

  /** How many times its use at the beginning a subscriber uses the service. */
  double use(double day) {
    return 1 + rise * Math.max(0, Math.min(1, day - riseOnDay));
  }
}
