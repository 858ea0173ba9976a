package io.tidegate.engine.signup.desk;

import io.tidegate.engine.signup.desk.GroupCommit.Pending;
import io.tidegate.engine.signup.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * The one writer of the store: while a group is being committed the next one gathers.
 *
 * <p>It never blocks; the transaction runs on a thread of the store. Once the store is down,
 * requests are refused at once, and every second one look is taken whether it is back.
 */
final class DeskWriter extends AbstractBehavior<DeskWriter.Command> {

  /** Requests of one commit: what a disk's forced write costs is well shared by then. */
  static final int GROUP = 512;

  private static final Duration UPKEEP_EVERY = Duration.ofSeconds(1);

  /** What the writer is told. */
  sealed interface Command {}

  /** Do this, with others. */
  record Do(Pending<?> pending) implements Command {}

  /** Refuse what waits and what comes. */
  enum Close implements Command {
    INSTANCE
  }

  private enum Tick implements Command {
    INSTANCE
  }

  private record Committed(Optional<StoreException> down) implements Command {}

  private final TimerScheduler<Command> timers;
  private final GroupCommit commit;
  private final Request<?> upkeep;
  private final Executor storeThread;
  private List<Pending<?>> gathered = new ArrayList<>();
  private boolean committing;
  private boolean closed;
  private CompletableFuture<?> kept = CompletableFuture.completedFuture(0);
  private Optional<UnavailableException> down = Optional.empty();

  /**
   * The behaviour of a writer.
   *
   * @param upkeep what is to be done every second
   * @param storeThread one thread, on which transactions run
   */
  static Behavior<Command> create(GroupCommit commit, Request<?> upkeep, Executor storeThread) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new DeskWriter(context, timers, commit, upkeep, storeThread)));
  }

  private DeskWriter(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      GroupCommit commit,
      Request<?> upkeep,
      Executor storeThread) {
    super(context);
    this.timers = timers;
    this.commit = commit;
    this.upkeep = upkeep;
    this.storeThread = storeThread;
    timers.startTimerWithFixedDelay(Tick.INSTANCE, UPKEEP_EVERY);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Do.class, this::onDo)
        .onMessage(Close.class, this::onClose)
        .onMessage(Tick.class, this::onTick)
        .onMessage(Committed.class, this::onCommitted)
        .build();
  }

  private Behavior<Command> onDo(Do message) {
    if (down.isPresent()) {
      message.pending().fail(down.get());
    } else {
      gathered.add(message.pending());
      next();
    }
    return this;
  }

  // It stays, so that nobody waits for ever who came a moment too late.
  private Behavior<Command> onClose(Close message) {
    closed = true;
    timers.cancelAll();
    down = Optional.of(new UnavailableException("the gate is closing", null));
    refuseGathered(down.get());
    return this;
  }

  private Behavior<Command> onTick(Tick tick) {
    if (kept.isDone()) {
      Pending<?> turn = Pending.of(upkeep);
      kept = turn.answer();
      gathered.add(turn);
      next();
    }
    return this;
  }

  private Behavior<Command> onCommitted(Committed message) {
    committing = false;
    if (closed) {
      return this;
    }
    boolean was = down.isPresent();
    down = message.down().map(e -> new UnavailableException(e.getMessage(), e));
    if (down.isPresent() && !was) {
      getContext().getLog().error("sign-ups cannot be taken: {}", down.get().getMessage());
    } else if (was && down.isEmpty()) {
      getContext().getLog().info("sign-ups are taken again");
    }
    down.ifPresent(this::refuseGathered);
    next();
    return this;
  }

  private void refuseGathered(UnavailableException why) {
    gathered.forEach(pending -> pending.fail(why));
    gathered = new ArrayList<>();
  }

  private void next() {
    if (committing || gathered.isEmpty()) {
      return;
    }
    int size = Math.min(gathered.size(), GROUP);
    List<Pending<?>> group = List.copyOf(gathered.subList(0, size));
    gathered = new ArrayList<>(gathered.subList(size, gathered.size()));
    try {
      CompletableFuture<Optional<StoreException>> run =
          CompletableFuture.supplyAsync(() -> commit.run(group), storeThread);
      committing = true;
      getContext()
          .pipeToSelf(run, (failed, bug) -> new Committed(bug == null ? failed : Optional.empty()));
    } catch (RejectedExecutionException e) {
      UnavailableException closing = new UnavailableException("the gate is closing", e);
      group.forEach(pending -> pending.fail(closing));
    }
  }
}
