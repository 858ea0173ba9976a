package io.tidegate.engine.simulation;

import io.tidegate.engine.Engine;
import io.tidegate.engine.EngineSettings;
import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.tier.Subscriber;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/** The real engine, stepped by hand. */
public final class EngineAdmissions implements Admissions {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** What the engine is told of those who ask. */
  public enum Told {
    /** Who they are, and which session they go on with. */
    ALL,
    /** Not which session: each request seems to open one. */
    NO_SESSIONS,
    /** Not who they are: each conversation seems to be somebody else's. */
    NO_SUBSCRIBERS
  }

  private final Engine engine;
  private final Decided decided;
  private final Told told;
  private long requests;
  private long nowNanos;

  /** An engine with these settings. */
  public EngineAdmissions(EngineSettings settings, Told told, Decided decided) {
    this((clock, epochClock) -> Engine.stepped(settings, clock, epochClock), told, decided);
  }

  /** The same with an engine that is made, of these clocks, in another way. */
  public EngineAdmissions(
      BiFunction<NanoClock, EpochClock, Engine> stepped, Told told, Decided decided) {
    this.engine = stepped.apply(() -> nowNanos, () -> nowNanos / NANOS_PER_MILLI);
    this.told = told;
    this.decided = decided;
  }

  @Override
  public void ask(Turn turn, long nowNanos) {
    this.nowNanos = nowNanos;
    AdmissionRequest request =
        AdmissionRequest.of(subscriber(turn.conversation))
            .withSession(session(turn.conversation))
            .withSeats(turn.seats())
            .withTokens(turn.promptTokens(), OptionalInt.empty());
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

  private Subscriber subscriber(Conversation conversation) {
    return told == Told.NO_SUBSCRIBERS
        ? new Subscriber(conversation.name, conversation.subscriber.tier())
        : conversation.subscriber;
  }

  private String session(Conversation conversation) {
    return told == Told.NO_SESSIONS ? "r" + requests++ : conversation.name;
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
