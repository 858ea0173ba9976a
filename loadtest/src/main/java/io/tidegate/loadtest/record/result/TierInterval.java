package io.tidegate.loadtest.record.result;

import java.util.Map;
import java.util.TreeMap;

/**
 * What happened in one tier in a stretch of time. Counts belong to the time a request was fired, so
 * that {@code ok}, {@code shed} and {@code ko} add up to {@code offered} when all have ended;
 * latencies belong to the time it was meant to be; tokens to the time they came.
 *
 * @param offered requests fired
 * @param ok of them answered whole
 * @param shed of them refused, by reason
 * @param ko of them failed, by reason
 * @param tokens that came in this stretch
 * @param inFlight requests open at its end
 * @param firstToken latencies to the first token, of those answered whole
 * @param whole latencies to the end, of those answered whole
 */
public record TierInterval(
    long offered,
    long ok,
    Map<String, Long> shed,
    Map<String, Long> ko,
    long tokens,
    long inFlight,
    Distribution firstToken,
    Distribution whole) {

  static final TierInterval NOTHING =
      new TierInterval(0, 0, Map.of(), Map.of(), 0, 0, Distribution.none(), Distribution.none());

  public long shedCount() {
    return sum(shed);
  }

  public long koCount() {
    return sum(ko);
  }

  /** Both stretches as one, this one being the earlier. */
  TierInterval plus(TierInterval later) {
    return new TierInterval(
        offered + later.offered,
        ok + later.ok,
        added(shed, later.shed),
        added(ko, later.ko),
        tokens + later.tokens,
        later.inFlight,
        firstToken.plus(later.firstToken),
        whole.plus(later.whole));
  }

  static Map<String, Long> added(Map<String, Long> one, Map<String, Long> other) {
    Map<String, Long> sum = new TreeMap<>(one);
    other.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
    return sum;
  }

  static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
