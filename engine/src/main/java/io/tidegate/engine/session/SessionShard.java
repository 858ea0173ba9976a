package io.tidegate.engine.session;

import java.time.Duration;
import org.agrona.concurrent.NanoClock;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * The owner of one shard's sessions: looks on a timer which of them are due.
 *
 * <p>It is sent nothing but its own timer. What is to be done is in the shard's list and wheel,
 * which survive a restart of the actor.
 */
public final class SessionShard extends AbstractBehavior<SessionShard.Command> {

  /** What the owner of a shard is told. */
  public sealed interface Command {}

  /** Look what is due. */
  enum Look implements Command {
    INSTANCE
  }

  /** Go on with a look that found more than one turn may do. */
  enum GoOn implements Command {
    INSTANCE
  }

  /** How often a shard looks. */
  static final Duration PERIOD = Duration.ofMillis(250);

  /** At most so many sessions in one turn: well under a millisecond. */
  static final int LOOKS = 512;

  private final Sessions sessions;
  private final int shard;
  private final NanoClock clock;
  private boolean goingOn;

  /** The owner of that shard; there may be no other. */
  public static Behavior<Command> create(Sessions sessions, int shard, NanoClock clock) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new SessionShard(context, timers, sessions, shard, clock)));
  }

  private SessionShard(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Sessions sessions,
      int shard,
      NanoClock clock) {
    super(context);
    this.sessions = sessions;
    this.shard = shard;
    this.clock = clock;
    timers.startTimerWithFixedDelay(Look.INSTANCE, PERIOD);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Look.class, look -> onLook())
        .onMessage(GoOn.class, goOn -> onGoOn())
        .build();
  }

  private Behavior<Command> onLook() {
    if (!goingOn) {
      step();
    }
    return this;
  }

  private Behavior<Command> onGoOn() {
    step();
    return this;
  }

  private void step() {
    goingOn = sessions.step(shard, LOOKS, clock.nanoTime());
    if (goingOn) {
      getContext().getSelf().tell(GoOn.INSTANCE);
    }
  }
}
