package io.tidegate.engine;

import io.tidegate.engine.control.Controller;
import io.tidegate.engine.queue.QueueOwner;
import io.tidegate.engine.session.SessionShards;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.MailboxSelector;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The parent of an engine's actors: the owner of the queue, of the sessions, and of the limit. */
final class Guardian {
  // A wake-up and a tick; more never waits, unless the owner fails to keep up with the clock.
  private static final int MAILBOX = 16;

  /** The engine closes. */
  enum Stop {
    INSTANCE
  }

  private Guardian() {}

  static Behavior<Stop> create(Parts parts) {
    return Behaviors.setup(
        context -> {
          context.spawn(
              Behaviors.supervise(QueueOwner.create(parts.queue(), parts.wake(), parts.clock()))
                  .onFailure(Throwable.class, SupervisorStrategy.restart()),
              "queue",
              MailboxSelector.bounded(MAILBOX));
          context.spawn(SessionShards.create(parts.sessions(), parts.clock()), "sessions");
          context.spawn(
              Controller.create(
                  parts.control(), parts.clock(), parts.epochClock(), parts.limitFile()),
              "control",
              Controller.props());
          return Behaviors.receive(Stop.class)
              .onMessageEquals(Stop.INSTANCE, Behaviors::stopped)
              .build();
        });
  }
}
