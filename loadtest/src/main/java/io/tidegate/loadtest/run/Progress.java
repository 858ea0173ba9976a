package io.tidegate.loadtest.run;

import io.tidegate.loadtest.record.result.TierTotals;
import java.util.Map;

/**
 * How far a run is.
 *
 * @param elapsedNanos since its start
 * @param plannedNanos until the last arrival
 * @param activeUsers virtual users on their way
 * @param tiers what happened so far, by tier, best first
 * @param firstTokenP99Nanos of the best tier's requests that were answered whole so far
 * @param lagMaxNanos how late the latest request was fired so far
 */
public record Progress(
    long elapsedNanos,
    long plannedNanos,
    long activeUsers,
    Map<String, TierTotals> tiers,
    long firstTokenP99Nanos,
    long lagMaxNanos) {}
