package io.tidegate.engine.telemetry.counter;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.telemetry.TierSnapshot;
import io.tidegate.engine.telemetry.TierTimes;
import io.tidegate.engine.telemetry.TokenKind;
import io.tidegate.engine.telemetry.counter.CountersFile.Label;
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
 * left, admitted, offered. A request is counted as offered before it is counted as anything else,
 * and as admitted before it is completed, so no snapshot shows more ends than beginnings.
 *
 * <p><b>Source:</b> Agrona's and Aeron's counters.
 */
public final class Counters {
  private static final RefusalReason[] REASONS = RefusalReason.values();
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final Outcome[] OUTCOMES = Outcome.values();
  private static final TokenKind[] TOKENS = TokenKind.values();

  private final CountersFile file;
  private final CounterLanes lanes;
  private final Map<CounterId, Integer> firstOf = new EnumMap<>(CounterId.class);
  private final int offered;
  private final int admitted;
  private final int refused;
  private final int completed;
  private final int inflightSeats;
  private final int leftQueue;
  private final int queueLength;
  private final int offeredSeats;
  private final int releasedSeats;
  private final int heldSeatMillis;
  private final int tokens;

  private Counters(CountersFile file, TierTable tiers) {
    int next = 0;
    for (CounterId id : CounterId.values()) {
      firstOf.put(id, next);
      next += labelsOf(id, tiers).size();
    }
    this.file = file;
    this.lanes = new CounterLanes(file);
    this.offered = firstOf.get(CounterId.OFFERED);
    this.admitted = firstOf.get(CounterId.ADMITTED);
    this.refused = firstOf.get(CounterId.REFUSED);
    this.completed = firstOf.get(CounterId.COMPLETED);
    this.inflightSeats = firstOf.get(CounterId.INFLIGHT_SEATS);
    this.leftQueue = firstOf.get(CounterId.LEFT_QUEUE);
    this.queueLength = firstOf.get(CounterId.QUEUE_LENGTH);
    this.offeredSeats = firstOf.get(CounterId.OFFERED_SEATS);
    this.releasedSeats = firstOf.get(CounterId.RELEASED_SEATS);
    this.heldSeatMillis = firstOf.get(CounterId.HELD_SEAT_MILLIS);
    this.tokens = firstOf.get(CounterId.TOKENS);
  }

  /**
   * Makes the counters file anew, and its folder where that is missing; every counter is 0.
   *
   * @throws IOException if the disk does not let it
   */
  public static Counters create(Path file, TierTable tiers, long startEpochMillis)
      throws IOException {
    return new Counters(
        CountersFile.create(file, allLabels(tiers), CounterLanes.LANES, startEpochMillis), tiers);
  }

  /** The same without a file, for an engine that nobody looks at from outside. */
  public static Counters inMemory(TierTable tiers) {
    return new Counters(CountersFile.inMemory(allLabels(tiers), CounterLanes.LANES), tiers);
  }

  /** Counts a request that asks, and the seats it asks for. */
  public void offered(Tier tier, int seats) {
    CounterLane lane = lanes.mine();
    lane.add(offered + tier.index(), 1);
    lane.add(offeredSeats + tier.index(), seats);
  }

  /** Counts a request that begins to wait. */
  public void queued(Tier tier) {
    lanes.mine().add(queueLength + tier.index(), 1);
  }

  /** Counts a request that waits no longer, whatever became of it. */
  public void unqueued(Tier tier) {
    lanes.mine().add(queueLength + tier.index(), -1);
  }

  /** Counts a request that left the queue by itself. */
  public void leftQueue(Tier tier) {
    CounterLane lane = lanes.mine();
    lane.add(leftQueue + tier.index(), 1);
    lane.add(queueLength + tier.index(), -1);
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

  /** Counts the end of an admitted request, and the seats it gives back. */
  public void completed(Tier tier, Outcome outcome, int seats, long heldNanos) {
    CounterLane lane = lanes.mine();
    lane.add(releasedSeats, seats);
    lane.add(heldSeatMillis, seats * heldNanos / NANOS_PER_MILLI);
    lane.add(completedCounter(tier, outcome), 1);
    lane.add(inflightSeats + tier.index(), -seats);
  }

  /** Counts the tokens of a request. */
  public void tokens(Tier tier, TokenKind kind, long count) {
    lanes.mine().add(tokensCounter(tier, kind), count);
  }

  /** Shows the limit and the reserve that hold from now on; a limit of 0 means none. */
  public void ceiling(int limitSeats, int reserveSeats) {
    set(firstOf.get(CounterId.LIMIT_SEATS), limitSeats);
    set(firstOf.get(CounterId.RESERVE_SEATS), reserveSeats);
  }

  /** The books of one tier. */
  public TierSnapshot snapshotOf(Tier tier, long openSessions, TierTimes times) {
    Map<Outcome, Long> byOutcome = new EnumMap<>(Outcome.class);
    for (Outcome outcome : OUTCOMES) {
      byOutcome.put(outcome, lanes.sum(completedCounter(tier, outcome)));
    }
    Map<RefusalReason, Long> byReason = new EnumMap<>(RefusalReason.class);
    for (RefusalReason reason : REASONS) {
      byReason.put(reason, lanes.sum(refusedCounter(tier, reason)));
    }
    Map<TokenKind, Long> byKind = new EnumMap<>(TokenKind.class);
    for (TokenKind kind : TOKENS) {
      byKind.put(kind, lanes.sum(tokensCounter(tier, kind)));
    }
    long leftNow = lanes.sum(leftQueue + tier.index());
    long waitingNow = Math.max(0, lanes.sum(queueLength + tier.index()));
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
        leftNow,
        waitingNow,
        seats,
        openSessions,
        Collections.unmodifiableMap(byKind),
        times);
  }

  /** All that a tier's requests have asked for since the start, in seats. */
  public long offeredSeats(Tier tier) {
    return lanes.sum(offeredSeats + tier.index());
  }

  /** Seats given back since the start. */
  public long releasedSeats() {
    return lanes.sum(releasedSeats);
  }

  /** For how long those had been held, in milliseconds, added up. */
  public long heldSeatMillis() {
    return lanes.sum(heldSeatMillis);
  }

  /** A tier's requests that asked since the start. */
  public long offeredTotal(Tier tier) {
    return lanes.sum(offered + tier.index());
  }

  /** A tier's requests that ended so since the start. */
  public long completedTotal(Tier tier, Outcome outcome) {
    return lanes.sum(completedCounter(tier, outcome));
  }

  /** A tier's requests refused for that reason since the start. */
  public long refusedTotal(Tier tier, RefusalReason reason) {
    return lanes.sum(refusedCounter(tier, reason));
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

  @SuppressWarnings("EnumOrdinal") // Labels are laid out in the same order, in this class.
  private int tokensCounter(Tier tier, TokenKind kind) {
    return tokens + tier.index() * TOKENS.length + kind.ordinal();
  }

  private static List<Label> allLabels(TierTable tiers) {
    List<Label> labels = new ArrayList<>();
    for (CounterId id : CounterId.values()) {
      labels.addAll(labelsOf(id, tiers));
    }
    return labels;
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
        case TIER_AND_TOKENS -> {
          for (TokenKind kind : TOKENS) {
            String which = ",of=\"" + kind.of() + "\",source=\"" + kind.source() + "\"}";
            labels.add(new Label(id.id(), of + which));
          }
        }
        default -> labels.add(new Label(id.id(), of + "}"));
      }
    }
    return labels;
  }
}
