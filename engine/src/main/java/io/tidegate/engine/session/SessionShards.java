package io.tidegate.engine.session;

import org.agrona.concurrent.NanoClock;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.MailboxSelector;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The parent of all shards' owners: one for each shard, begun again if it fails. */
public final class SessionShards {
  // Its timer and one word to itself: more never waits, unless it fails to keep up with the clock.
  private static final int MAILBOX = 16;

  private SessionShards() {}

  /** Spawns the owners of all shards of these sessions. */
  public static Behavior<Void> create(Sessions sessions, NanoClock clock) {
    return Behaviors.setup(
        context -> {
          for (int shard = 0; shard < sessions.shards(); shard++) {
            context.spawn(
                Behaviors.supervise(SessionShard.create(sessions, shard, clock))
                    .onFailure(SupervisorStrategy.restart()),
                "shard-" + shard,
                MailboxSelector.bounded(MAILBOX));
          }
          return Behaviors.empty();
        });
  }
}
