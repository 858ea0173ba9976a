package io.tidegate.engine.signup.ledger;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Keeps people out for half an hour when the service is hurt now, whatever was predicted.
 *
 * <p>Every five minutes it looks at demand over the limit, averaged exponentially over five
 * minutes, and at the established subscribers who were refused in these minutes. Not safe for use
 * by several threads.
 */
final class LiveHold {
  private static final long LOOK_MILLIS = TimeUnit.MINUTES.toMillis(5);
  private static final long AVERAGE_MILLIS = TimeUnit.MINUTES.toMillis(5);
  private static final long HOLD_MILLIS = TimeUnit.MINUTES.toMillis(30);
  private static final double MOST_LOAD = 1;
  private static final double MOST_REFUSED = .001;
  // One or two out of a few say nothing.
  private static final long FEWEST_REFUSED = 3;

  private double average;
  private boolean begun;
  private long lastEpochMillis;
  private long lookedEpochMillis;
  private long offered;
  private long refused;
  private OptionalLong until;

  LiveHold(OptionalLong untilEpochMillis) {
    until = untilEpochMillis;
  }

  /** Takes in the time since the call before. */
  void add(long nowEpochMillis, LedgerInput input) {
    if (!begun || nowEpochMillis < lastEpochMillis) {
      begun = true;
      lookedEpochMillis = nowEpochMillis;
      average = input.loadRatio();
    } else {
      double passed = nowEpochMillis - lastEpochMillis;
      average += (1 - Math.exp(-passed / AVERAGE_MILLIS)) * (input.loadRatio() - average);
    }
    lastEpochMillis = nowEpochMillis;
    offered += input.establishedOffered();
    refused += input.establishedRefused();
    if (nowEpochMillis - lookedEpochMillis >= LOOK_MILLIS) {
      look(nowEpochMillis);
    }
  }

  private void look(long nowEpochMillis) {
    boolean hurt = refused >= FEWEST_REFUSED && refused > MOST_REFUSED * offered;
    if (average > MOST_LOAD || hurt) {
      until = OptionalLong.of(nowEpochMillis + HOLD_MILLIS);
    }
    lookedEpochMillis = nowEpochMillis;
    offered = 0;
    refused = 0;
  }

  /** Demand over the limit, averaged. */
  double average() {
    return average;
  }

  /** Until when people are kept out; empty: they are not. */
  OptionalLong until(long nowEpochMillis) {
    // Half an hour is the longest: what lies further ahead comes from a clock that was set back.
    boolean holds =
        until.isPresent()
            && until.getAsLong() > nowEpochMillis
            && until.getAsLong() <= nowEpochMillis + HOLD_MILLIS;
    return holds ? until : OptionalLong.empty();
  }
}
