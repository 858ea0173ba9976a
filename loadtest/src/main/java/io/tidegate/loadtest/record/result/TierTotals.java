package io.tidegate.loadtest.record.result;

import java.util.List;
import java.util.Map;

/**
 * One tier over the whole run.
 *
 * @param offered requests fired
 * @param ok of them answered whole
 * @param shed of them refused, by reason
 * @param ko of them failed, by reason
 * @param tokens that came
 * @param conversationsBegun virtual users who sent a first request
 * @param conversationsCompleted of them those whose every turn was answered whole
 * @param servedBySubscriber requests answered whole, for each subscriber who asked at all; of very
 *     many some share a place
 */
public record TierTotals(
    long offered,
    long ok,
    Map<String, Long> shed,
    Map<String, Long> ko,
    long tokens,
    long conversationsBegun,
    long conversationsCompleted,
    List<Long> servedBySubscriber) {

  static final TierTotals NOTHING = new TierTotals(0, 0, Map.of(), Map.of(), 0, 0, 0, List.of());

  public long shedCount() {
    return TierInterval.sum(shed);
  }

  public long koCount() {
    return TierInterval.sum(ko);
  }

  /** Answers that began and did not end as they should. */
  public long streamsCut() {
    return ko.getOrDefault(Ending.CUT, 0L);
  }
}
