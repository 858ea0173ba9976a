package io.tidegate.engine.telemetry;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the engine times: its own decisions, and for each tier its waits and its answers.
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
  private static final double[] PER_TOKEN_SECONDS = {
    .005, .01, .015, .02, .025, .03, .04, .05, .06, .08, .1, .15, .25, .5, 1
  };
  private static final double[] WHOLE_SECONDS = {
    .1, .25, .5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600, 1_800
  };
  private static final Outcome[] OUTCOMES = Outcome.values();

  // Knuth's multiplicative hash; its six highest bits are 0 for one number in 64.
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;
  private static final int SAMPLE_SHIFT = Long.SIZE - 6;

  private final LatencyRecorder decision =
      new LatencyRecorder(1, TimeUnit.SECONDS.toNanos(10), DECISION_SECONDS);
  private final LatencyRecorder[] firstTokenByTier;
  private final LatencyRecorder[] queueWaitByTier;
  private final LatencyRecorder[] perTokenByTier;
  private final LatencyRecorder[][] wholeByTierAndOutcome;

  /** Recorders without values. */
  public LatencyRecorders(TierTable tiers) {
    int count = tiers.tiers().size();
    this.firstTokenByTier = new LatencyRecorder[count];
    this.queueWaitByTier = new LatencyRecorder[count];
    this.perTokenByTier = new LatencyRecorder[count];
    this.wholeByTierAndOutcome = new LatencyRecorder[count][OUTCOMES.length];
    for (int tier = 0; tier < count; tier++) {
      firstTokenByTier[tier] = upToAnHour(FIRST_TOKEN_SECONDS);
      queueWaitByTier[tier] = upToAnHour(QUEUE_WAIT_SECONDS);
      perTokenByTier[tier] = upToAnHour(PER_TOKEN_SECONDS);
      Arrays.setAll(wholeByTierAndOutcome[tier], outcome -> coarse(WHOLE_SECONDS));
    }
  }

  /**
   * Whether a decision is one of those that are timed, one in 64: reading the clock a second time
   * costs a good part of what it would measure.
   *
   * @param startNanos when it began; its digits, well mixed, are the lot
   */
  public static boolean timesDecision(long startNanos) {
    return (startNanos * GOLDEN) >>> SAMPLE_SHIFT == 0;
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

  /** Records the mean time of each token of an answer after the first. */
  public void perOutputToken(Tier tier, long nanos) {
    perTokenByTier[tier.index()].record(nanos);
  }

  /** Records how long an admitted request took from asking to its end. */
  @SuppressWarnings("EnumOrdinal") // An array of this class, in the enum's order.
  public void whole(Tier tier, Outcome outcome, long nanos) {
    wholeByTierAndOutcome[tier.index()][outcome.ordinal()].record(nanos);
  }

  /** All decisions so far. */
  public HistogramSnapshot decisionSnapshot() {
    return decision.snapshot();
  }

  /** All times of a tier so far. */
  @SuppressWarnings("EnumOrdinal") // An array of this class, in the enum's order.
  public TierTimes snapshotOf(Tier tier) {
    Map<Outcome, HistogramSnapshot> whole = new EnumMap<>(Outcome.class);
    for (Outcome each : OUTCOMES) {
      whole.put(each, wholeByTierAndOutcome[tier.index()][each.ordinal()].snapshot());
    }
    return new TierTimes(
        firstTokenByTier[tier.index()].snapshot(),
        queueWaitByTier[tier.index()].snapshot(),
        perTokenByTier[tier.index()].snapshot(),
        whole);
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

  @SuppressWarnings("EnumOrdinal") // An array of this class, in the enum's order.
  LatencyRecorder recorder(TimeKind kind, Tier tier) {
    return switch (kind) {
      case FIRST_TOKEN -> firstTokenByTier[tier.index()];
      case QUEUE_WAIT -> queueWaitByTier[tier.index()];
      case OUTPUT_TOKEN -> perTokenByTier[tier.index()];
      case DURATION -> wholeByTierAndOutcome[tier.index()][Outcome.SERVED.ordinal()];
    };
  }

  private static LatencyRecorder upToAnHour(double[] boundsSeconds) {
    return new LatencyRecorder(
        TimeUnit.MICROSECONDS.toNanos(10), TimeUnit.HOURS.toNanos(1), boundsSeconds);
  }

  /** There are many of these, and nobody asks for less than a millisecond of a whole request. */
  private static LatencyRecorder coarse(double[] boundsSeconds) {
    return new LatencyRecorder(
        TimeUnit.MILLISECONDS.toNanos(1), TimeUnit.HOURS.toNanos(1), boundsSeconds);
  }
}
