package io.tidegate.engine.control;

import io.tidegate.engine.limit.LimitState;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.MailboxSelector;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * The actor that turns the {@link ControlLoop} by its timers, and now and then keeps on disk what
 * the limit has learned; also when it stops.
 *
 * <p>Spawn it with {@link #props}: it writes a file, so it lives on the dispatcher for that, where
 * no flood of other actors' messages delays it either. A tick that throws is logged, and the next
 * one comes.
 */
public final class Controller extends AbstractBehavior<Controller.Command> {
  // A restart loses that much of what was learned.
  static final Duration KEEP_EVERY = Duration.ofSeconds(10);

  // Timers send one message at a time each; the rest is for a dispatcher that is late.
  private static final int MAILBOX = 16;
  private static final String DISPATCHER = "pekko.actor.default-blocking-io-dispatcher";

  /** What the actor is told. */
  public sealed interface Command {}

  private enum Tick implements Command {
    INSTANCE
  }

  private enum Keep implements Command {
    INSTANCE
  }

  private final ControlLoop loop;
  private final NanoClock nanoClock;
  private final EpochClock epochClock;
  private final Optional<LimitFile> file;

  /**
   * The behaviour of a controller.
   *
   * @param file where to keep what the limit has learned; empty: nowhere
   */
  public static Behavior<Command> create(
      ControlLoop loop, NanoClock nanoClock, EpochClock epochClock, Optional<LimitFile> file) {
    Behavior<Command> turning =
        Behaviors.setup(
            context ->
                Behaviors.withTimers(
                    timers -> new Controller(context, timers, loop, nanoClock, epochClock, file)));
    return Behaviors.supervise(turning)
        .onFailure(RuntimeException.class, SupervisorStrategy.resume());
  }

  /** A bounded mailbox, and the dispatcher for what may block. */
  public static Props props() {
    return MailboxSelector.bounded(MAILBOX).withDispatcherFromConfig(DISPATCHER);
  }

  private Controller(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ControlLoop loop,
      NanoClock nanoClock,
      EpochClock epochClock,
      Optional<LimitFile> file) {
    super(context);
    this.loop = loop;
    this.nanoClock = nanoClock;
    this.epochClock = epochClock;
    this.file = file;
    timers.startTimerWithFixedDelay(Tick.INSTANCE, Duration.ofNanos(ControlLoop.TICK_NANOS));
    timers.startTimerWithFixedDelay(Keep.INSTANCE, KEEP_EVERY);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Tick.class, this::onTick)
        .onMessage(Keep.class, this::onKeep)
        .onSignal(PostStop.class, stopped -> onKeep(Keep.INSTANCE))
        .build();
  }

  private Behavior<Command> onTick(Tick tick) {
    loop.tick(nanoClock.nanoTime(), epochClock.time());
    return this;
  }

  private Behavior<Command> onKeep(Keep keep) {
    Optional<LimitState> state = loop.state(epochClock.time());
    if (file.isPresent() && state.isPresent()) {
      try {
        file.get().write(state.get());
      } catch (IOException e) {
        // The service goes on without it; a restart searches for its limit.
        getContext().getLog().warn("cannot keep what the limit has learned: {}", e.toString());
      }
    }
    return this;
  }
}
