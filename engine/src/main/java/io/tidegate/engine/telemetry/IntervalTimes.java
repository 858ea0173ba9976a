package io.tidegate.engine.telemetry;

import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * The times that were recorded in one interval, in nanoseconds and to two significant digits: a set
 * of histograms that is filled again and again.
 *
 * <p>Thread-safety: none; it belongs to who takes the intervals.
 */
public final class IntervalTimes {
  private final Histogram decision;
  private final Map<TimeKind, List<Histogram>> byTier = new EnumMap<>(TimeKind.class);

  IntervalTimes(LatencyRecorders recorders, TierTable tiers) {
    decision = recorders.decisions().emptyHistogram();
    for (TimeKind kind : TimeKind.values()) {
      byTier.put(
          kind,
          tiers.tiers().stream()
              .map(tier -> recorders.recorder(kind, tier).emptyHistogram())
              .toList());
    }
  }

  /** How long the engine took for its decisions. Not to be changed. */
  public Histogram decision() {
    return decision;
  }

  /** The times of a kind and tier. Not to be changed. */
  public Histogram of(TimeKind kind, Tier tier) {
    return byTier.get(kind).get(tier.index());
  }
}
