package io.tidegate.engine.telemetry;

import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import java.util.concurrent.TimeUnit;

/**
 * What the engine times: its own decisions, and for each tier the wait for the first token.
 *
 * <p><b>Threading:</b> any thread records, any thread reads.
 *
 * <p><b>Progress:</b> recording is wait-free; readers of one kind of time take turns.
 *
 * <p><b>Ordering:</b> that of {@link LatencyRecorder}; different kinds of time are not ordered
 * among each other.
 *
 * <p><b>Source:</b> HdrHistogram.
 */
public final class LatencyRecorders {
  private static final double[] DECISION_SECONDS = {
    .5e-6, 1e-6, 2.5e-6, 5e-6, 10e-6, 25e-6, 50e-6, 100e-6, 250e-6, 500e-6, 1e-3, 10e-3, 100e-3
  };
  private static final double[] FIRST_TOKEN_SECONDS = {
    .01, .025, .05, .1, .25, .5, 1, 1.5, 2, 3, 5, 10, 30, 60
  };
  private static final double[] QUEUE_WAIT_SECONDS = {
    .001, .005, .01, .025, .05, .1, .25, .5, 1, 1.5, 2, 3, 5, 10
  };

  private final LatencyRecorder decision =
      new LatencyRecorder(1, TimeUnit.SECONDS.toNanos(10), DECISION_SECONDS);
  private final LatencyRecorder[] firstTokenByTier;
  private final LatencyRecorder[] queueWaitByTier;

  /** Recorders without values. */
  public LatencyRecorders(TierTable tiers) {
    this.firstTokenByTier = new LatencyRecorder[tiers.tiers().size()];
    this.queueWaitByTier = new LatencyRecorder[tiers.tiers().size()];
    for (int tier = 0; tier < firstTokenByTier.length; tier++) {
      firstTokenByTier[tier] = upToAnHour(FIRST_TOKEN_SECONDS);
      queueWaitByTier[tier] = upToAnHour(QUEUE_WAIT_SECONDS);
    }
  }

  /** Records how long the engine took to decide. */
  public void decision(long nanos) {
    decision.record(nanos);
  }

  /** Records how long a request waited in the queue. */
  public void queueWait(Tier tier, long nanos) {
    queueWaitByTier[tier.index()].record(nanos);
  }

  /** Records how long it took from asking to the first token of the answer. */
  public void firstToken(Tier tier, long nanos) {
    firstTokenByTier[tier.index()].record(nanos);
  }

  /** All decisions so far. */
  public HistogramSnapshot decisionSnapshot() {
    return decision.snapshot();
  }

  /** All first tokens of a tier so far. */
  public HistogramSnapshot firstTokenSnapshot(Tier tier) {
    return firstTokenByTier[tier.index()].snapshot();
  }

  /** All waits in the queue of a tier so far. */
  public HistogramSnapshot queueWaitSnapshot(Tier tier) {
    return queueWaitByTier[tier.index()].snapshot();
  }

  /** Histograms to take intervals into. */
  public IntervalTimes intervalTimes(TierTable tiers) {
    return new IntervalTimes(this, tiers);
  }

  /**
   * Moves what was recorded since the last call into histograms; what they held is gone. Each time
   * goes to one taker.
   */
  public void take(IntervalTimes into, TierTable tiers) {
    decision.takeInto(into.decision());
    for (TimeKind kind : TimeKind.values()) {
      for (Tier tier : tiers.tiers()) {
        recorder(kind, tier).takeInto(into.of(kind, tier));
      }
    }
  }

  LatencyRecorder decisions() {
    return decision;
  }

  LatencyRecorder recorder(TimeKind kind, Tier tier) {
    return switch (kind) {
      case FIRST_TOKEN -> firstTokenByTier[tier.index()];
      case QUEUE_WAIT -> queueWaitByTier[tier.index()];
    };
  }

  private static LatencyRecorder upToAnHour(double[] boundsSeconds) {
    return new LatencyRecorder(
        TimeUnit.MICROSECONDS.toNanos(1), TimeUnit.HOURS.toNanos(1), boundsSeconds);
  }
}
