package io.tidegate.loadtest.record;

import io.tidegate.loadtest.record.result.Distribution;
import io.tidegate.loadtest.record.result.Ending;
import io.tidegate.loadtest.record.result.Interval;
import io.tidegate.loadtest.record.result.TierInterval;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * A second that is being filled. Histograms exist only where there is something in them.
 *
 * <p>Not thread-safe.
 */
final class OpenInterval {

  /** Two digits are enough for a second, and an eighth of the memory of three. */
  private static final int DIGITS = 2;

  private final long second;
  private final OpenTier[] tiers;
  private long activeUsers;
  private long lagMaxNanos;
  private long pausedNanos;

  OpenInterval(long second, int tierCount) {
    this.second = second;
    this.tiers = new OpenTier[tierCount];
  }

  long second() {
    return second;
  }

  void offered(int tier) {
    tier(tier).offered++;
  }

  void token(int tier) {
    tier(tier).tokens++;
  }

  void ended(int tier, Ending ending) {
    OpenTier open = tier(tier);
    switch (ending.outcome()) {
      case OK -> open.ok++;
      case SHED -> open.shed.merge(ending.reason(), 1L, Long::sum);
      case KO -> open.ko.merge(ending.reason(), 1L, Long::sum);
    }
  }

  void latencies(Sample sample) {
    OpenTier open = tier(sample.tier());
    sample.firstTokenNanos().ifPresent(open.firstToken()::record);
    open.whole().record(sample.wholeNanos());
  }

  void lag(long nanos) {
    lagMaxNanos = Math.max(lagMaxNanos, nanos);
  }

  void paused(long nanos) {
    pausedNanos = Math.max(pausedNanos, nanos);
  }

  void levels(long users, long[] inFlightByTier) {
    activeUsers = users;
    for (int tier = 0; tier < tiers.length; tier++) {
      if (inFlightByTier[tier] > 0 || tiers[tier] != null) {
        tier(tier).inFlight = inFlightByTier[tier];
      }
    }
  }

  /** The histogram of a tier's first tokens, where it has one. */
  Histogram firstTokens(int tier) {
    return tiers[tier] == null || tiers[tier].firstToken == null
        ? new Histogram(DIGITS)
        : tiers[tier].firstToken.histogram();
  }

  Interval close(List<String> names) {
    Map<String, TierInterval> closed = new HashMap<>();
    for (int tier = 0; tier < tiers.length; tier++) {
      if (tiers[tier] != null) {
        closed.put(names.get(tier), tiers[tier].close());
      }
    }
    return new Interval(second, 1, closed, activeUsers, lagMaxNanos, pausedNanos);
  }

  private OpenTier tier(int tier) {
    if (tiers[tier] == null) {
      tiers[tier] = new OpenTier();
    }
    return tiers[tier];
  }

  private static final class OpenTier {
    private long offered;
    private long ok;
    private long tokens;
    private long inFlight;
    private final Map<String, Long> shed = new TreeMap<>();
    private final Map<String, Long> ko = new TreeMap<>();
    private Latencies firstToken;
    private Latencies whole;

    Latencies firstToken() {
      firstToken = firstToken == null ? new Latencies(DIGITS) : firstToken;
      return firstToken;
    }

    Latencies whole() {
      whole = whole == null ? new Latencies(DIGITS) : whole;
      return whole;
    }

    TierInterval close() {
      return new TierInterval(
          offered, ok, shed, ko, tokens, inFlight, closed(firstToken), closed(whole));
    }

    private static Distribution closed(Latencies latencies) {
      return latencies == null ? Distribution.none() : latencies.distribution();
    }
  }
}
