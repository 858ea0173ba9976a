package io.tidegate.engine.telemetry;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.telemetry.CountersFile.Label;
import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The engine's books: what was offered, admitted, refused, completed, and is in flight.
 *
 * <p>Each thread adds in a lane of its own, and a counter's value is the sum over the lanes. So
 * counting costs a plain load and a release store, and threads do not fight over cache lines.
 *
 * <p><b>Threading:</b> any thread counts, any thread reads.
 *
 * <p><b>Progress:</b> wait-free, but for a thread's first count ({@link CounterLanes}).
 *
 * <p><b>Ordering:</b> {@link #snapshotOf} reads what ends before what begins: completed, refused,
 * admitted, offered. A request is counted as offered before it is counted as anything else, and as
 * admitted before it is completed, so no snapshot shows more ends than beginnings.
 *
 * <p><b>Source:</b> Agrona's and Aeron's counters.
 */
public final class Counters {
  private static final RefusalReason[] REASONS = RefusalReason.values();
  private static final Outcome[] OUTCOMES = Outcome.values();

  private final CountersFile file;
  private final CounterLanes lanes;
  private final Map<CounterId, Integer> firstOf = new EnumMap<>(CounterId.class);
  private final int offered;
  private final int admitted;
  private final int refused;
  private final int completed;
  private final int inflightSeats;

  private Counters(Path path, TierTable tiers, long startEpochMillis) throws IOException {
    List<Label> labels = new ArrayList<>();
    for (CounterId id : CounterId.values()) {
      firstOf.put(id, labels.size());
      labels.addAll(labelsOf(id, tiers));
    }
    this.file = CountersFile.create(path, labels, CounterLanes.LANES, startEpochMillis);
    this.lanes = new CounterLanes(file);
    this.offered = firstOf.get(CounterId.OFFERED);
    this.admitted = firstOf.get(CounterId.ADMITTED);
    this.refused = firstOf.get(CounterId.REFUSED);
    this.completed = firstOf.get(CounterId.COMPLETED);
    this.inflightSeats = firstOf.get(CounterId.INFLIGHT_SEATS);
  }

  /**
   * Makes the counters file anew, and its folder where that is missing; every counter is 0.
   *
   * @throws IOException if the disk does not let it
   */
  public static Counters create(Path file, TierTable tiers, long startEpochMillis)
      throws IOException {
    return new Counters(file, tiers, startEpochMillis);
  }

  /** Counts a request that asks. */
  public void offered(Tier tier) {
    lanes.mine().add(offered + tier.index(), 1);
  }

  /** Counts a request that was let in, and the seats it took. */
  public void admitted(Tier tier, int seats) {
    CounterLane lane = lanes.mine();
    lane.add(admitted + tier.index(), 1);
    lane.add(inflightSeats + tier.index(), seats);
  }

  /** Counts a request that was not let in. */
  public void refused(Tier tier, RefusalReason reason) {
    lanes.mine().add(refusedCounter(tier, reason), 1);
  }

  /** Counts the end of an admitted request, and the seats it gave back. */
  public void completed(Tier tier, Outcome outcome, int seats) {
    CounterLane lane = lanes.mine();
    lane.add(completedCounter(tier, outcome), 1);
    lane.add(inflightSeats + tier.index(), -seats);
  }

  /** Shows the limit and the reserve that hold from now on; a limit of 0 means none. */
  public void ceiling(int limitSeats, int reserveSeats) {
    set(firstOf.get(CounterId.LIMIT_SEATS), limitSeats);
    set(firstOf.get(CounterId.RESERVE_SEATS), reserveSeats);
  }

  /** The books of one tier. */
  public TierSnapshot snapshotOf(Tier tier, HistogramSnapshot timeToFirstToken) {
    Map<Outcome, Long> byOutcome = new EnumMap<>(Outcome.class);
    for (Outcome outcome : OUTCOMES) {
      byOutcome.put(outcome, lanes.sum(completedCounter(tier, outcome)));
    }
    Map<RefusalReason, Long> byReason = new EnumMap<>(RefusalReason.class);
    for (RefusalReason reason : REASONS) {
      byReason.put(reason, lanes.sum(refusedCounter(tier, reason)));
    }
    long admittedNow = lanes.sum(admitted + tier.index());
    long offeredNow = lanes.sum(offered + tier.index());
    // Seats may be taken in one lane and given back in another while the lanes are being read.
    long seats = Math.max(0, lanes.sum(inflightSeats + tier.index()));
    return new TierSnapshot(
        tier,
        offeredNow,
        admittedNow,
        Collections.unmodifiableMap(byReason),
        Collections.unmodifiableMap(byOutcome),
        seats,
        timeToFirstToken);
  }

  /** Brings what was counted so far to disk. Counting may go on. */
  public void force() {
    file.force();
  }

  private void set(int counter, long value) {
    lanes.mine().add(counter, value - lanes.sum(counter));
  }

  @SuppressWarnings("EnumOrdinal") // Labels are laid out in the same order, in this class.
  private int refusedCounter(Tier tier, RefusalReason reason) {
    return refused + tier.index() * REASONS.length + reason.ordinal();
  }

  @SuppressWarnings("EnumOrdinal") // Labels are laid out in the same order, in this class.
  private int completedCounter(Tier tier, Outcome outcome) {
    return completed + tier.index() * OUTCOMES.length + outcome.ordinal();
  }

  private static List<Label> labelsOf(CounterId id, TierTable tiers) {
    List<Label> labels = new ArrayList<>();
    if (id.split() == CounterId.Split.NONE) {
      labels.add(new Label(id.id(), id.label()));
      return labels;
    }
    for (Tier tier : tiers.tiers()) {
      String of = id.label() + "{tier=\"" + tier.name() + "\"";
      switch (id.split()) {
        case TIER_AND_REASON -> {
          for (RefusalReason reason : REASONS) {
            labels.add(new Label(id.id(), of + ",reason=\"" + reason.label() + "\"}"));
          }
        }
        case TIER_AND_OUTCOME -> {
          for (Outcome outcome : OUTCOMES) {
            labels.add(new Label(id.id(), of + ",outcome=\"" + outcome.label() + "\"}"));
          }
        }
        default -> labels.add(new Label(id.id(), of + "}"));
      }
    }
    return labels;
  }
}
