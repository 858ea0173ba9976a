package io.tidegate.engine.simulation.sales;

import io.tidegate.engine.signup.gate.order.SignupState;
import java.util.List;

/**
 * What came of forty days.
 *
 * @param hoursOver time in which more was asked for than the limit, minute by minute
 * @param pauses how often it ceased to sell to everybody
 * @param hoursClosed time in which it did not
 * @param admitted who became a subscriber
 * @param waiting who waits at the end
 * @param turnedAway who found it closed and did not want to wait
 * @param hourly how each hour was
 */
public record SalesResult(
    double hoursOver,
    int pauses,
    double hoursClosed,
    long admitted,
    long waiting,
    long turnedAway,
    List<Hour> hourly) {

  public SalesResult {
    hourly = List.copyOf(hourly);
  }

  /**
   * One hour.
   *
   * @param load what was asked for over the limit, in its busiest minute
   * @param subscribers when it ended
   * @param waiting when it ended
   * @param state when it ended
   */
  public record Hour(double load, long subscribers, long waiting, SignupState state) {}
}
