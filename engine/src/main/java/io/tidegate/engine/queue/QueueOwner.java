package io.tidegate.engine.queue;

import java.time.Duration;
import org.agrona.concurrent.NanoClock;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * The actor that owns the queue: hands out seats when it is woken, and looks for those who have
 * waited too long. All that the queue knows is in the queue, so a restart loses nobody.
 */
public final class QueueOwner extends AbstractBehavior<QueueOwner.Command> {
  /** Deadlines and the end of a latch are kept to this. */
  static final Duration TICK = Duration.ofMillis(50);

  /** What the owner is told. */
  public sealed interface Command {}

  /** Seats may be free. */
  public enum Drain implements Command {
    INSTANCE
  }

  private enum Tick implements Command {
    INSTANCE
  }

  private final RequestQueue queue;
  private final Wake wake;
  private final NanoClock clock;

  private QueueOwner(
      ActorContext<Command> context, RequestQueue queue, Wake wake, NanoClock clock) {
    super(context);
    this.queue = queue;
    this.wake = wake;
    this.clock = clock;
  }

  /** The owner of a queue, woken by {@code wake} from its start. */
  public static Behavior<Command> create(RequestQueue queue, Wake wake, NanoClock clock) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(Tick.INSTANCE, TICK);
                  wake.by(() -> context.getSelf().tell(Drain.INSTANCE));
                  return new QueueOwner(context, queue, wake, clock);
                }));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessageEquals(Drain.INSTANCE, this::onDrain)
        .onMessageEquals(Tick.INSTANCE, this::onTick)
        .onSignal(PostStop.class, stopped -> onStop())
        .build();
  }

  private Behavior<Command> onDrain() {
    wake.answered();
    queue.drain(clock.nanoTime());
    return this;
  }

  private Behavior<Command> onTick() {
    wake.answered(); // in case its message got lost
    queue.tick(clock.nanoTime());
    return this;
  }

  private Behavior<Command> onStop() {
    queue.refuseAll(clock.nanoTime());
    return this;
  }
}
