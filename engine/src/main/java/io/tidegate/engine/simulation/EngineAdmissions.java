package io.tidegate.engine.simulation;

import io.tidegate.engine.Engine;
import io.tidegate.engine.EngineSettings;
import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.Outcome;
import java.util.OptionalInt;

/** The real engine, stepped by hand. */
final class EngineAdmissions implements Admissions {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Engine engine;
  private final Decided decided;
  private final int seats;
  private long nowNanos;

  EngineAdmissions(EngineSettings settings, int seats, Decided decided) {
    this.engine = Engine.stepped(settings, () -> nowNanos, () -> nowNanos / NANOS_PER_MILLI);
    this.seats = seats;
    this.decided = decided;
  }

  @Override
  public void ask(Turn turn, long nowNanos) {
    this.nowNanos = nowNanos;
    AdmissionRequest request =
        AdmissionRequest.of(turn.conversation.subscriber)
            .withSession(turn.conversation.name)
            .withSeats(seats)
            .withTokens(turn.promptTokens, OptionalInt.empty());
    take(turn, engine.admit(request));
    engine.step();
  }

  @Override
  public void firstToken(Turn turn, long nowNanos) {
    turn.permit.firstToken(nowNanos);
  }

  @Override
  public void tokens(Turn turn, int count) {
    turn.permit.tokens(count);
  }

  @Override
  public void ended(Turn turn, Outcome outcome, long nowNanos) {
    this.nowNanos = nowNanos;
    turn.permit.complete(outcome);
    engine.step();
  }

  @Override
  public void step(long nowNanos) {
    this.nowNanos = nowNanos;
    engine.step();
  }

  @Override
  public int inflightSeats() {
    return (int) engine.inflightSeats();
  }

  @Override
  public int limitSeats() {
    return engine.control().limitSeats().orElse(Integer.MAX_VALUE);
  }

  @Override
  public boolean anybodyWaiting() {
    return engine.anybodyWaiting();
  }

  private void take(Turn turn, Admission decision) {
    turn.serviceClass = decision.serviceClass();
    if (decision instanceof Admission.Admitted admitted) {
      turn.permit = admitted.permit();
      decided.admitted(turn);
    } else if (decision instanceof Admission.Refused refused) {
      decided.refused(turn, refused.reason(), refused.retryAfterMillis());
    } else if (decision instanceof Admission.Waiting waiting) {
      waiting.ticket().whenDecided(later -> take(turn, later));
    }
  }
}
