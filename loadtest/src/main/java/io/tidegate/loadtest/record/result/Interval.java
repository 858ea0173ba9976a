package io.tidegate.loadtest.record.result;

import java.util.HashMap;
import java.util.Map;

/**
 * A stretch of a run: a second, or several where a run is too long to be shown by seconds.
 *
 * @param second when it begins, in seconds from the start of the run
 * @param seconds how long it is
 * @param tiers what happened, by tier; a tier without an entry saw nothing
 * @param activeUsers virtual users on their way at its end
 * @param lagMaxNanos how late the latest request of it was fired
 * @param pausedNanos how long the longest stall of the generator itself was
 */
public record Interval(
    long second,
    int seconds,
    Map<String, TierInterval> tiers,
    long activeUsers,
    long lagMaxNanos,
    long pausedNanos) {

  /** What happened in a tier. */
  public TierInterval tier(String name) {
    return tiers.getOrDefault(name, TierInterval.NOTHING);
  }

  /** This one and the one right after it, as one. */
  public Interval plus(Interval next) {
    Map<String, TierInterval> both = new HashMap<>(tiers);
    next.tiers.forEach((name, tier) -> both.merge(name, tier, TierInterval::plus));
    return new Interval(
        second,
        seconds + next.seconds,
        both,
        next.activeUsers,
        Math.max(lagMaxNanos, next.lagMaxNanos),
        Math.max(pausedNanos, next.pausedNanos));
  }
}
