package io.tidegate.engine.simulation.result;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What a run came to, its warm-up left out.
 *
 * @param goodput tokens of answers in time, over what the upstream can make
 * @param bestServed requests of the best tier that were let in, over those that asked
 * @param finished begun conversations that came to their end, over all that are over
 * @param inversions requests let in within a second after a better class was refused for want of
 *     room
 * @param useWhileWaiting seats held over the limit, while anybody waits
 * @param bestFirstTokenSeconds the best tier's 99th percentile from asking to the first token
 * @param fairness Jain's index over the best tier's subscribers, of requests
 * @param tokenFairness the same of tokens of answers
 * @param stormersGain conversations begun by those who come back at once, over those who wait
 * @param servedByClass of each class that asked, by its label, requests that were let in over those
 *     that asked
 * @param byTier each tier's share of it, in the order of the table
 * @param limitBySecond the limit at the end of each second, the warm-up's too
 */
public record Result(
    double goodput,
    double bestServed,
    double finished,
    long inversions,
    double useWhileWaiting,
    double bestFirstTokenSeconds,
    double fairness,
    double tokenFairness,
    double stormersGain,
    Map<String, Double> servedByClass,
    Map<String, TierResult> byTier,
    List<Integer> limitBySecond) {
  private static final double CLOSE = .2;
  private static final int STAYS_SECONDS = 10;

  public Result {
    servedByClass = Map.copyOf(servedByClass);
    byTier = Collections.unmodifiableMap(new LinkedHashMap<>(byTier));
    limitBySecond = List.copyOf(limitBySecond);
  }

  /** The part of a class's requests that was let in; 1 where nobody asked. */
  public double served(String serviceClass) {
    return servedByClass.getOrDefault(serviceClass, 1.0);
  }

  /** After how many seconds the limit has come close to the knee, to stay for a while. */
  public OptionalInt foundAfterSeconds(double knee) {
    int since = -1;
    for (int second = 0; second < limitBySecond.size(); second++) {
      boolean close = Math.abs(limitBySecond.get(second) / knee - 1) <= CLOSE;
      since = close ? (since < 0 ? second : since) : -1;
      if (since >= 0 && second - since >= STAYS_SECONDS) {
        return OptionalInt.of(since);
      }
    }
    return OptionalInt.empty();
  }
}
