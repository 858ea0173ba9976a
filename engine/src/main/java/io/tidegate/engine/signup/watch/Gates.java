package io.tidegate.engine.signup.watch;

import io.tidegate.engine.signup.gate.GateChange;
import io.tidegate.engine.signup.gate.GateKeeping;
import io.tidegate.engine.signup.gate.GateKeeping.Counts;
import io.tidegate.engine.signup.gate.GateView;
import io.tidegate.engine.signup.gate.SignupGate;
import io.tidegate.engine.signup.ledger.LedgerInput;
import io.tidegate.engine.signup.ledger.PlanTerms;
import io.tidegate.engine.telemetry.EngineSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemEpochClock;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * The gates of all plans that are sold: how they stand, and what operators do to them.
 *
 * <p>Threading: safe for all. Reading never waits for the store or an actor.
 */
public final class Gates {
  private final Function<String, Counts> counts;
  private final EpochClock clock;
  private final Map<String, Plan> plans = new LinkedHashMap<>();

  private Gates(Function<String, Counts> counts, EpochClock clock) {
    this.counts = counts;
    this.clock = clock;
  }

  /** No plan is sold. */
  public static Gates none() {
    return new Gates(plan -> new Counts(0, 0, 0, 0), SystemEpochClock.INSTANCE);
  }

  /**
   * Starts an actor for each plan.
   *
   * @param terms the plans that are sold; none: there are no gates
   * @param newTier the tier in which new subscribers of all plans are served
   * @param books the engine's
   */
  public static Gates start(
      ActorSystem<?> system,
      List<PlanTerms> terms,
      Optional<String> newTier,
      GateKeeping keeping,
      Supplier<EngineSnapshot> books,
      NanoClock nanoClock,
      EpochClock clock) {
    Gates gates = new Gates(keeping::counts, clock);
    for (PlanTerms plan : terms) {
      Plan entry = new Plan();
      gates.plans.put(plan.plan(), entry);
      DemandWatch demand = new DemandWatch(plan.plan(), newTier);
      Supplier<LedgerInput> looking =
          () -> gates.look(plan.plan(), demand, books.get(), nanoClock.nanoTime());
      entry.watch =
          system.systemActorOf(
              PlanWatch.create(plan, keeping, looking, view -> entry.view = view, clock),
              "tidegate-signups-" + plan.plan(),
              PlanWatch.props());
    }
    return gates;
  }

  /** The plans that are sold, in the order of the configuration. */
  public List<String> plans() {
    return List.copyOf(plans.keySet());
  }

  /**
   * How the plans are sold, in the order of the configuration; without those of which the store has
   * not told yet. Who waits is counted now, the rest is at most ten seconds old.
   */
  public List<GateView> views() {
    List<GateView> views = new ArrayList<>();
    plans.forEach(
        (name, plan) -> {
          GateView view = plan.view;
          if (view != null) {
            views.add(view.withWaiting(counts.apply(name).waiting()));
          }
        });
    return views;
  }

  /** Pauses the sale of a plan by hand; see {@link SignupGate#pause}. */
  public CompletionStage<GateView> pause(
      String plan, OptionalLong until, Optional<String> why, String by) {
    return act(plan, gate -> gate.pause(clock.time(), until, why, by));
  }

  /** Sells a plan again by hand; see {@link SignupGate#resume}. */
  public CompletionStage<GateView> resume(String plan, Optional<String> why, String by) {
    return act(plan, gate -> gate.resume(clock.time(), why, by));
  }

  /** Announces a pause; see {@link SignupGate#announcePause}. */
  public CompletionStage<GateView> announcePause(
      String plan, long at, OptionalLong until, Optional<String> why, String by) {
    return act(plan, gate -> gate.announcePause(clock.time(), at, until, why, by));
  }

  /** Announces that the sale goes on; see {@link SignupGate#announceResume}. */
  public CompletionStage<GateView> announceResume(
      String plan, long at, Optional<String> why, String by) {
    return act(plan, gate -> gate.announceResume(clock.time(), at, why, by));
  }

  /** Takes back what was announced; see {@link SignupGate#takeBack}. */
  public CompletionStage<GateView> takeBack(String plan, Optional<String> why, String by) {
    return act(plan, gate -> gate.takeBack(clock.time(), why, by));
  }

  /**
   * Does something to a plan's gate.
   *
   * @throws IllegalArgumentException if the plan is not sold
   */
  private CompletionStage<GateView> act(String plan, Function<SignupGate, GateChange> action) {
    Plan known = plans.get(plan);
    if (known == null) {
      throw new IllegalArgumentException("`" + plan + "` is not sold, there are " + plans());
    }
    CompletableFuture<GateView> answer = new CompletableFuture<>();
    known.watch.tell(new PlanWatch.Act(action, answer));
    return answer;
  }

  private LedgerInput look(String plan, DemandWatch demand, EngineSnapshot books, long nowNanos) {
    Counts own = counts.apply(plan);
    long all = plans.keySet().stream().mapToLong(one -> counts.apply(one).subscribers()).sum();
    double share = all > 0 ? (double) own.subscribers() / all : 1.0 / plans.size();
    return demand.look(books, own, share, nowNanos);
  }

  /** One plan: who watches it, and what was shown last. */
  private static final class Plan {
    private ActorRef<PlanWatch.Command> watch;
    private volatile GateView view;
  }
}
