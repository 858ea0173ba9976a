package io.tidegate.engine.signup.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.signup.gate.GateChange;
import io.tidegate.engine.signup.gate.GateKeeping;
import io.tidegate.engine.signup.gate.GateRecord;
import io.tidegate.engine.signup.gate.GateView;
import io.tidegate.engine.signup.gate.SignupGate;
import io.tidegate.engine.signup.gate.order.Cause;
import io.tidegate.engine.signup.gate.order.Order;
import io.tidegate.engine.signup.gate.order.SignupState;
import io.tidegate.engine.signup.ledger.LedgerInput;
import io.tidegate.engine.signup.ledger.PlanTerms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.typed.ActorRef;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The actor that owns a gate: nothing is shown or answered before it is kept. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlanWatchTest {
  private static final ActorTestKit KIT = ActorTestKit.create(ManualTime.config());
  private static final ManualTime TIME = ManualTime.get(KIT.system());

  private final AtomicLong now = new AtomicLong(1_000_000_000_000L);

  @AfterAll
  static void end() {
    KIT.shutdownTestKit();
  }

  @Test
  void answersAnOperatorWhenItIsKeptAndNotBefore() {
    Store store = new Store();
    List<GateView> shown = new CopyOnWriteArrayList<>();
    ActorRef<PlanWatch.Command> watch = watch(store, shown);
    store.loading.complete(Optional.empty());
    await(() -> assertThat(shown).hasSize(1));

    CompletableFuture<GateView> answer = pause(watch);
    await(() -> assertThat(store.keeps).hasSize(1));
    assertThat(answer).isNotDone();
    assertThat(shown).extracting(GateView::state).containsOnly(SignupState.OPEN);

    store.keeps.get(0).complete(null);
    assertThat(answer.join().state()).isEqualTo(SignupState.PAUSED);
    assertThat(shown.get(shown.size() - 1).state()).isEqualTo(SignupState.PAUSED);
  }

  @Test
  void isAsBeforeIfItCannotBeKept() {
    Store store = new Store();
    List<GateView> shown = new CopyOnWriteArrayList<>();
    ActorRef<PlanWatch.Command> watch = watch(store, shown);
    store.loading.complete(Optional.empty());
    CompletableFuture<GateView> answer = pause(watch);
    await(() -> assertThat(store.keeps).hasSize(1));
    store.keeps.get(0).completeExceptionally(new IllegalStateException("the disk is full"));

    assertThatThrownBy(answer::join).hasMessageContaining("the disk is full");
    assertThat(shown).extracting(GateView::state).containsOnly(SignupState.OPEN);
    CompletableFuture<GateView> again = pause(watch);
    await(() -> assertThat(store.keeps).hasSize(2));
    store.keeps.get(1).complete(null);
    assertThat(again.join().state()).isEqualTo(SignupState.PAUSED);
  }

  @Test
  void goesOnFromWhatWasKeptAndWaitsForAStoreThatIsDown() {
    Store store = new Store();
    List<GateView> shown = new CopyOnWriteArrayList<>();
    ActorRef<PlanWatch.Command> watch = watch(store, shown);
    CompletableFuture<GateView> early =
        act(watch, gate -> gate.resume(now.get(), Optional.empty(), "ann"));
    CompletableFuture<Optional<GateRecord>> first = store.loading;
    store.loading = new CompletableFuture<>();
    first.completeExceptionally(new IllegalStateException("down"));
    await(() -> TIME.timePasses(PlanWatch.TRY_AGAIN_AFTER), () -> store.loads.get() == 2);
    assertThat(shown).isEmpty();
    assertThat(early).isNotDone();

    GateRecord begun = GateRecord.begun(7);
    store.loading.complete(
        Optional.of(
            new GateRecord(
                SignupState.PAUSED,
                5,
                Cause.MANUAL,
                Optional.of("full"),
                Optional.of(new Order(true, 5, OptionalLong.empty(), Optional.of("full"), "bob")),
                Optional.empty(),
                begun.byLoad(),
                begun.byLoadSinceEpochMillis(),
                OptionalLong.empty(),
                begun.ledger())));
    await(() -> assertThat(store.keeps).hasSize(1));
    assertThat(shown.get(0).state()).isEqualTo(SignupState.PAUSED);
    assertThat(shown.get(0).sinceEpochMillis()).isEqualTo(5);
    store.keeps.get(0).complete(null);
    assertThat(early.join().state()).isEqualTo(SignupState.OPEN);
  }

  @Test
  void invitesThoseWhoWaitOnceThatIsKept() {
    Store store = new Store();
    store.counts = new GateKeeping.Counts(0, 0, 0, 3);
    watch(store, new CopyOnWriteArrayList<>());
    store.loading.complete(Optional.empty());
    await(() -> TIME.timePasses(Duration.ofSeconds(1)), () -> store.keeps.size() == 1);
    assertThat(store.invited.get()).isZero();

    store.keeps.get(0).complete(null);
    await(() -> assertThat(store.invited.get()).isEqualTo(3));
  }

  @Test
  void tellsWhoeverOrdersNonsense() {
    Store store = new Store();
    ActorRef<PlanWatch.Command> watch = watch(store, new CopyOnWriteArrayList<>());
    store.loading.complete(Optional.empty());

    assertThatThrownBy(
            act(watch, gate -> gate.announceResume(now.get(), 1, Optional.empty(), "ann"))::join)
        .hasCauseInstanceOf(IllegalArgumentException.class);
    assertThat(store.keeps).isEmpty();
  }

  private ActorRef<PlanWatch.Command> watch(Store store, List<GateView> shown) {
    return KIT.spawn(
        PlanWatch.create(
            PlanTerms.of("plus"),
            store,
            () -> new LedgerInput(0, 0, 0, 0, 0, 0, 0, store.counts.waiting()),
            shown::add,
            now::get));
  }

  private CompletableFuture<GateView> pause(ActorRef<PlanWatch.Command> watch) {
    return act(
        watch, gate -> gate.pause(now.get(), OptionalLong.empty(), Optional.of("full"), "ann"));
  }

  private static CompletableFuture<GateView> act(
      ActorRef<PlanWatch.Command> watch, Function<SignupGate, GateChange> action) {
    CompletableFuture<GateView> answer = new CompletableFuture<>();
    watch.tell(new PlanWatch.Act(action, answer));
    return answer;
  }

  private static void await(ThrowingRunnable assertion) {
    Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
  }

  private static void await(Runnable meanwhile, Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              meanwhile.run();
              return condition.call();
            });
  }

  /** A store whose answers the test gives. */
  private static final class Store implements GateKeeping {
    private final AtomicLong loads = new AtomicLong();
    private final AtomicLong invited = new AtomicLong();
    private final List<CompletableFuture<Void>> keeps = new CopyOnWriteArrayList<>();
    private final List<GateChange> history = new ArrayList<>();
    private volatile CompletableFuture<Optional<GateRecord>> loading = new CompletableFuture<>();
    private volatile Counts counts = new Counts(0, 0, 0, 0);

    @Override
    public CompletionStage<Optional<GateRecord>> kept(String plan) {
      loads.incrementAndGet();
      return loading;
    }

    @Override
    public CompletionStage<Void> keep(String plan, GateRecord record, List<GateChange> changes) {
      history.addAll(changes);
      CompletableFuture<Void> done = new CompletableFuture<>();
      keeps.add(done);
      return done;
    }

    @Override
    public Counts counts(String plan) {
      return counts;
    }

    @Override
    public void invite(String plan, long most) {
      invited.addAndGet(most);
    }
  }
}
