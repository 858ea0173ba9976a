package io.tidegate.engine.simulation.sales;

import io.tidegate.engine.signup.gate.order.SignupState;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Who subscribes, waits and leaves. Whoever finds a closed door goes on the wait-list or away; an
 * invited one comes within two days or not at all.
 */
final class Market {
  private static final double WAITS = .6;
  private static final double CLAIMS = .7;
  private static final double CLAIM_HOURS = 12;
  private static final double MOST_CLAIM_HOURS = 48;

  private final Random random;
  private final PriorityQueue<Invite> invites = new PriorityQueue<>();
  private long subscribers;
  private long waiting;
  private long admitted;
  private long turnedAway;

  Market(Random random, long subscribers) {
    this.random = random;
    this.subscribers = subscribers;
  }

  /** A minute of the world at that hour. */
  void minute(double hour, SignupState state, double signupsPerHour, double leavingPerDay) {
    subscribers -= poisson(subscribers * leavingPerDay / (24 * 60));
    long coming = poisson(signupsPerHour / 60);
    if (state == SignupState.OPEN) {
      subscribers += coming;
      admitted += coming;
    } else {
      for (long one = 0; one < coming; one++) {
        if (random.nextDouble() < WAITS) {
          waiting++;
        } else {
          turnedAway++;
        }
      }
    }
    while (!invites.isEmpty() && invites.peek().endsAtHour() <= hour) {
      if (invites.poll().claimed()) {
        subscribers++;
        admitted++;
      }
    }
  }

  void invite(double hour, long most) {
    for (long one = Math.min(most, waiting); one > 0; one--) {
      waiting--;
      boolean claimed = random.nextDouble() < CLAIMS;
      double after = -CLAIM_HOURS * Math.log(1 - random.nextDouble());
      invites.add(
          claimed && after < MOST_CLAIM_HOURS
              ? new Invite(hour + after, true)
              : new Invite(hour + MOST_CLAIM_HOURS, false));
    }
  }

  long subscribers() {
    return subscribers;
  }

  long openInvites() {
    return invites.size();
  }

  long waiting() {
    return waiting;
  }

  long admitted() {
    return admitted;
  }

  long turnedAway() {
    return turnedAway;
  }

  /** A count with that mean; the sum of waits between events would be too slow for large ones. */
  long poisson(double mean) {
    if (mean > 50) {
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
    double least = Math.exp(-mean);
    long count = 0;
    for (double product = random.nextDouble(); product > least; product *= random.nextDouble()) {
      count++;
    }
    return count;
  }

  private record Invite(double endsAtHour, boolean claimed) implements Comparable<Invite> {
    @Override
    public int compareTo(Invite other) {
      return Double.compare(endsAtHour, other.endsAtHour);
    }
  }
}
