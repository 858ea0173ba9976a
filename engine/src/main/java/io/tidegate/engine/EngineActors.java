package io.tidegate.engine;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;

/**
 * The actors of one engine, and how they end.
 *
 * <p>Thread-safety: safe for any thread.
 */
final class EngineActors implements AutoCloseable {
  private static final Duration LONGEST_END = Duration.ofSeconds(10);
  private static final AtomicLong NEXT = new AtomicLong();
  private static final String SMALL =
      """
      pekko {
        log-dead-letters = off
        jvm-shutdown-hooks = off
        actor.default-dispatcher.fork-join-executor {
          parallelism-min = 2
          parallelism-max = 2
        }
      }
      """;

  private final Runnable end;

  private EngineActors(Runnable end) {
    this.end = end;
  }

  /** None: nothing runs by itself, and the end is all that is left to do. */
  static EngineActors none(Parts parts) {
    return new EngineActors(() -> parts.queue().refuseAll(parts.clock().nanoTime()));
  }

  /** Actors in somebody else's system. */
  static EngineActors in(ActorSystem<?> system, Parts parts) {
    ActorRef<Guardian.Stop> guardian =
        system.systemActorOf(
            Guardian.create(parts), "tidegate-engine-" + NEXT.getAndIncrement(), Props.empty());
    return new EngineActors(() -> guardian.tell(Guardian.Stop.INSTANCE));
  }

  /** Actors in a small system of their own. */
  static EngineActors own(Parts parts) {
    ActorSystem<Guardian.Stop> system =
        ActorSystem.create(
            Guardian.create(parts),
            "tidegate-engine",
            ConfigFactory.parseString(SMALL).withFallback(ConfigFactory.load()));
    return new EngineActors(() -> end(system));
  }

  /** Ends them; those in a system of the engine's own have ended when it returns. */
  @Override
  public void close() {
    end.run();
  }

  private static void end(ActorSystem<?> system) {
    system.terminate();
    try {
      system
          .getWhenTerminated()
          .toCompletableFuture()
          .get(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the engine's actors did not end in time", e);
    }
  }
}
