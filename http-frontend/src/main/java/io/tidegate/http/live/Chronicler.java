package io.tidegate.http.live;

import java.time.Duration;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The actor that has each second told when it ends. It writes files, so it lives on the dispatcher
 * for that; a second that cannot be told is logged, and the next one comes.
 */
final class Chronicler {
  static final int MAILBOX = 4;
  static final String DISPATCHER = "pekko.actor.default-blocking-io-dispatcher";

  private static final Duration SECOND = Duration.ofSeconds(1);

  /** What the actor is told. */
  enum Command {
    TICK,
    STOP
  }

  private Chronicler() {}

  static Behavior<Command> create(Seconds seconds, Consumer<Recent.Second> ended) {
    Behavior<Command> telling =
        Behaviors.withTimers(
            timers -> {
              timers.startTimerAtFixedRate(Command.TICK, SECOND);
              return Behaviors.receive(Command.class)
                  .onMessageEquals(
                      Command.TICK,
                      () -> {
                        ended.accept(seconds.next());
                        return Behaviors.same();
                      })
                  .onMessageEquals(Command.STOP, Behaviors::stopped)
                  .build();
            });
    return Behaviors.supervise(telling)
        .onFailure(RuntimeException.class, SupervisorStrategy.resume());
  }
}
