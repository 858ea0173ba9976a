package io.tidegate.engine.simulation;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.tier.ServiceClass.Kind;
import io.tidegate.engine.tier.TierTable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/** Lets everybody in or nobody, and remembers who asked when and what ended. */
final class Recorder implements Admissions {

  /** A turn that asked at a time. */
  record Asking(Turn turn, long nanos) {}

  /** A turn that ended at a time. */
  record Ending(Turn turn, Outcome outcome, long nanos) {}

  final List<Asking> askings = new ArrayList<>();
  final List<Ending> endings = new ArrayList<>();

  private final OptionalLong retryMillis;
  private Decided decided;
  private int inflight;

  private Recorder(OptionalLong retryMillis) {
    this.retryMillis = retryMillis;
  }

  static Recorder openToAll() {
    return new Recorder(OptionalLong.empty());
  }

  static Recorder refusing(long retryMillis) {
    return new Recorder(OptionalLong.of(retryMillis));
  }

  /** Takes its place in a run. */
  Function<Decided, Admissions> inPlace() {
    return those -> {
      decided = those;
      return this;
    };
  }

  @Override
  public void ask(Turn turn, long nowNanos) {
    askings.add(new Asking(turn, nowNanos));
    turn.serviceClass =
        TierTable.defaults().classOf(turn.conversation.subscriber.tier(), Kind.OPENING);
    if (retryMillis.isPresent()) {
      decided.refused(turn, RefusalReason.NO_ROOM, retryMillis.getAsLong());
    } else {
      inflight++;
      decided.admitted(turn);
    }
  }

  @Override
  public void firstToken(Turn turn, long nowNanos) {}

  @Override
  public void tokens(Turn turn, int count) {}

  @Override
  public void ended(Turn turn, Outcome outcome, long nowNanos) {
    inflight--;
    endings.add(new Ending(turn, outcome, nowNanos));
  }

  @Override
  public void step(long nowNanos) {}

  @Override
  public int inflightSeats() {
    return inflight;
  }

  @Override
  public int limitSeats() {
    return Integer.MAX_VALUE;
  }

  @Override
  public boolean anybodyWaiting() {
    return false;
  }
}
