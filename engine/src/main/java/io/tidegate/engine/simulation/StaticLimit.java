package io.tidegate.engine.simulation;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.tier.ServiceClass.Kind;
import io.tidegate.engine.tier.TierTable;

/** A yardstick: so many requests at once, first come first served, and everybody else refused. */
public final class StaticLimit implements Admissions {
  static final long RETRY_MILLIS = 1_000;

  private final TierTable tiers;
  private final int limitSeats;
  private final Decided decided;
  private int inflight;

  /** A limit of so many seats. */
  public StaticLimit(TierTable tiers, int limitSeats, Decided decided) {
    this.tiers = tiers;
    this.limitSeats = limitSeats;
    this.decided = decided;
  }

  @Override
  public void ask(Turn turn, long nowNanos) {
    Kind kind = turn.conversation.begun ? Kind.CONTINUING : Kind.OPENING;
    turn.serviceClass = tiers.classOf(turn.conversation.subscriber.tier(), kind);
    if (inflight < limitSeats) {
      inflight++;
      decided.admitted(turn);
    } else {
      decided.refused(turn, RefusalReason.NO_ROOM, RETRY_MILLIS);
    }
  }

  @Override
  public void firstToken(Turn turn, long nowNanos) {}

  @Override
  public void tokens(Turn turn, int count) {}

  @Override
  public void ended(Turn turn, Outcome outcome, long nowNanos) {
    inflight--;
  }

  @Override
  public void step(long nowNanos) {}

  @Override
  public int inflightSeats() {
    return inflight;
  }

  @Override
  public int limitSeats() {
    return limitSeats;
  }

  @Override
  public boolean anybodyWaiting() {
    return false;
  }
}
