package io.tidegate.engine.signup.watch;

import io.tidegate.engine.signup.gate.Decision;
import io.tidegate.engine.signup.gate.GateChange;
import io.tidegate.engine.signup.gate.GateKeeping;
import io.tidegate.engine.signup.gate.GateRecord;
import io.tidegate.engine.signup.gate.GateView;
import io.tidegate.engine.signup.gate.SignupGate;
import io.tidegate.engine.signup.ledger.LedgerInput;
import io.tidegate.engine.signup.ledger.PlanTerms;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.agrona.concurrent.EpochClock;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.MailboxSelector;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * The actor that owns the gate of one plan: it looks at the plan every ten seconds, and lets
 * operators act.
 *
 * <p>Nothing that changes is shown or answered before it is kept. If it cannot be kept, it has not
 * happened: the gate goes on from what was kept last.
 */
final class PlanWatch extends AbstractBehavior<PlanWatch.Command> {
  static final Duration LOOK_EVERY = Duration.ofSeconds(10);
  static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(2);
  private static final Duration KEEP_EVERY = Duration.ofHours(1);

  // Operators are few.
  static final int MOST_WAITING = 64;
  private static final int MAILBOX = 256;

  /** What the actor is told. */
  sealed interface Command {}

  private enum Look implements Command {
    INSTANCE
  }

  private enum Load implements Command {
    INSTANCE
  }

  private record Loaded(Optional<GateRecord> kept, Throwable failure) implements Command {}

  /** An operator acts. The answer is given when that is kept; it fails if it is not. */
  record Act(Function<SignupGate, GateChange> action, CompletableFuture<GateView> answer)
      implements Command {}

  private record Kept(
      GateRecord record,
      List<GateChange> changes,
      long invites,
      CompletableFuture<GateView> answer,
      Throwable failure)
      implements Command {}

  private final PlanTerms terms;
  private final GateKeeping keeping;
  private final Supplier<LedgerInput> looking;
  private final Consumer<GateView> shown;
  private final EpochClock clock;
  private final TimerScheduler<Command> timers;
  private final StashBuffer<Command> later;
  private Optional<SignupGate> gate = Optional.empty();
  private GateRecord kept;
  private long keptAtEpochMillis;
  private boolean keepingNow;

  /**
   * The behaviour of one plan's watch.
   *
   * @param looking what the ledger is told
   * @param shown takes what everybody may know, after each look
   */
  static Behavior<Command> create(
      PlanTerms terms,
      GateKeeping keeping,
      Supplier<LedgerInput> looking,
      Consumer<GateView> shown,
      EpochClock clock) {
    return Behaviors.withStash(
        MOST_WAITING,
        later ->
            Behaviors.setup(
                context ->
                    Behaviors.withTimers(
                        timers ->
                            new PlanWatch(
                                context, timers, later, terms, keeping, looking, shown, clock))));
  }

  /** A bounded mailbox. */
  static Props props() {
    return MailboxSelector.bounded(MAILBOX);
  }

  private PlanWatch(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      StashBuffer<Command> later,
      PlanTerms terms,
      GateKeeping keeping,
      Supplier<LedgerInput> looking,
      Consumer<GateView> shown,
      EpochClock clock) {
    super(context);
    this.timers = timers;
    this.later = later;
    this.terms = terms;
    this.keeping = keeping;
    this.looking = looking;
    this.shown = shown;
    this.clock = clock;
    this.kept = GateRecord.begun(clock.time());
    onLoad(Load.INSTANCE);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Look.class, this::onLook)
        .onMessage(Load.class, this::onLoad)
        .onMessage(Loaded.class, this::onLoaded)
        .onMessage(Act.class, this::onAct)
        .onMessage(Kept.class, this::onKept)
        .build();
  }

  private Behavior<Command> onLook(Look look) {
    if (gate.isPresent() && !keepingNow) {
      long now = clock.time();
      Decision decision = gate.get().decide(now, looking.get());
      boolean due = Math.abs(now - keptAtEpochMillis) >= KEEP_EVERY.toMillis();
      if (decision.changes().isEmpty() && decision.invites() == 0 && !due) {
        shown.accept(gate.get().view(now));
      } else {
        keep(decision.changes(), decision.invites(), new CompletableFuture<>());
      }
    }
    return this;
  }

  private Behavior<Command> onLoad(Load load) {
    getContext().pipeToSelf(keeping.kept(terms.plan()), Loaded::new);
    return this;
  }

  private Behavior<Command> onLoaded(Loaded loaded) {
    if (loaded.failure() != null) {
      getContext()
          .getLog()
          .warn("cannot read how {} is sold: {}", terms.plan(), loaded.failure().toString());
      timers.startSingleTimer(Load.INSTANCE, TRY_AGAIN_AFTER);
      return this;
    }
    // A new gate is kept at the first look, so that it remembers since when it sells.
    keptAtEpochMillis = loaded.kept().isPresent() ? clock.time() : 0;
    kept = loaded.kept().orElse(kept);
    gate = Optional.of(SignupGate.resume(terms, kept, clock.time()));
    shown.accept(gate.get().view(clock.time()));
    timers.startTimerWithFixedDelay(Look.INSTANCE, Duration.ofMillis(1), LOOK_EVERY);
    return later.unstashAll(this);
  }

  private Behavior<Command> onAct(Act act) {
    if (gate.isEmpty() || keepingNow) {
      if (later.isFull()) {
        act.answer().completeExceptionally(new IllegalStateException("too many act at once"));
      } else {
        later.stash(act);
      }
      return this;
    }
    try {
      keep(List.of(act.action().apply(gate.get())), 0, act.answer());
    } catch (IllegalArgumentException e) {
      act.answer().completeExceptionally(e);
    }
    return this;
  }

  private void keep(List<GateChange> changes, long invites, CompletableFuture<GateView> answer) {
    keepingNow = true;
    GateRecord record = gate.orElseThrow().record(clock.time());
    getContext()
        .pipeToSelf(
            keeping.keep(terms.plan(), record, changes),
            (done, failure) -> new Kept(record, changes, invites, answer, failure));
  }

  private Behavior<Command> onKept(Kept done) {
    keepingNow = false;
    if (done.failure() == null) {
      kept = done.record();
      keptAtEpochMillis = clock.time();
      done.changes().forEach(this::tell);
      GateView view = gate.orElseThrow().view(clock.time());
      shown.accept(view);
      done.answer().complete(view);
      if (done.invites() > 0) {
        keeping.invite(terms.plan(), done.invites());
      }
    } else {
      getContext()
          .getLog()
          .warn("cannot keep how {} is sold: {}", terms.plan(), done.failure().toString());
      gate = Optional.of(SignupGate.resume(terms, kept, clock.time()));
      done.answer().completeExceptionally(done.failure());
    }
    return later.unstashAll(this);
  }

  private void tell(GateChange change) {
    getContext()
        .getLog()
        .info(
            "{}: {} -> {} ({}) by {}: {}; {}",
            change.plan(),
            change.from().label(),
            change.to().label(),
            change.cause().label(),
            change.by(),
            change.reason().orElse("no reason given"),
            change.figures().map(Object::toString).orElse("no figures yet"));
  }
}
