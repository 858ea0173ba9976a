package io.tidegate.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.Admission.Waiting;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.gate.Gate;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.ServiceClass.Kind;
import io.tidegate.engine.tier.TierTable;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The actor that owns the queue. Its timer stands still unless a test moves it, so what happens
 * without that is done by wake-ups alone.
 *
 * <p>Shown red by hand: a {@code Drain} that takes no wish back; {@code Wake.by} that tells nobody;
 * an owner that does not turn everybody away when it stops, or does not know a command.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueueOwnerTest {
  private static final TierTable TIERS = TierTable.defaults();
  private static final ServiceClass PLUS = TIERS.classOf(TIERS.best(), Kind.OPENING);
  private static final Duration WAIT = Duration.ofSeconds(5);

  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());
  private final AtomicLong now = new AtomicLong();
  private Wake wake;
  private Gate gate;
  private RequestQueue queue;

  @BeforeEach
  void fillTheHouse() {
    wake = new Wake();
    gate = new Gate(TIERS, 10, 0, now.get(), wake);
    WaitSettings waits = new WaitSettings(Map.of(PLUS.label(), WAIT), 100);
    queue = new RequestQueue(gate, TIERS, waits, now::get, wake);
    assertThat(gate.take(PLUS, 10, now.get())).isTrue();
  }

  @AfterAll
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void everyCommandIsHandled() {
    BehaviorTestKit<QueueOwner.Command> owner =
        BehaviorTestKit.create(QueueOwner.create(queue, wake, now::get));

    assertThat(QueueOwner.Command.class.getPermittedSubclasses())
        .allSatisfy(
            command -> {
              owner.run((QueueOwner.Command) command.getEnumConstants()[0]);
              assertThat(Behavior.isUnhandled(owner.returnedBehavior())).isFalse();
            });
  }

  @Test
  void servesWhoeverWaitsEachTimeASeatComesFree() {
    FakeCandidate first = waits("first", later -> {});
    FakeCandidate second = waits("second", later -> {});
    ActorRef<QueueOwner.Command> owner = spawn();

    gate.giveBack(1);
    await(first);
    gate.giveBack(1);
    await(second);
    kit.stop(owner);
  }

  @Test
  void servesWhoCouldGoBeforeItWasThere() {
    FakeCandidate early = waits("early", later -> {});
    gate.giveBack(1);

    ActorRef<QueueOwner.Command> owner = spawn();

    await(early);
    kit.stop(owner);
  }

  @Test
  void turnsAwayWhoHasWaitedTooLongAtATick() {
    FakeCandidate late = waits("late", later -> {});
    ActorRef<QueueOwner.Command> owner = spawn();
    now.addAndGet(WAIT.toNanos());
    assertThat(late.answers()).isZero();

    // The timer starts with the actor, which may not have begun when time is moved.
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              time.timePasses(QueueOwner.TICK);
              return late.answers() == 1;
            });

    assertThat(late.reason).isEqualTo(RefusalReason.QUEUE_TIMEOUT);
    kit.stop(owner);
  }

  @Test
  void keepsEverybodyWhenAFaultMakesItStartAnew() {
    FakeCandidate unlucky =
        waits(
            "unlucky",
            later -> {
              throw new AssertionError("the listener fails");
            });
    FakeCandidate next = waits("next", later -> {});
    FakeCandidate last = waits("last", later -> {});
    ActorRef<QueueOwner.Command> owner = spawn();

    gate.giveBack(2);
    await(next);
    await(last);

    assertThat(unlucky.completed).as("its seat came back").hasValue(1);
    kit.stop(owner);
  }

  @Test
  void turnsEverybodyAwayWhenItStops() {
    FakeCandidate waiting = waits("waiting", later -> {});
    ActorRef<QueueOwner.Command> owner = spawn();

    kit.stop(owner);

    assertThat(waiting.reason).isEqualTo(RefusalReason.DRAINING);
    assertThat(waits("late", later -> {}).reason).isEqualTo(RefusalReason.DRAINING);
  }

  private ActorRef<QueueOwner.Command> spawn() {
    return kit.spawn(
        Behaviors.supervise(QueueOwner.create(queue, wake, now::get))
            .onFailure(Throwable.class, SupervisorStrategy.restart()));
  }

  private static void await(FakeCandidate admitted) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(admitted.admitted).hasValue(1));
  }

  private FakeCandidate waits(String subscriber, Consumer<Admission> listener) {
    FakeCandidate candidate = new FakeCandidate(gate, PLUS, 1, subscriber);
    Admission decision = queue.enter(candidate, now.get());
    ((Waiting) decision).ticket().whenDecided(listener);
    return candidate;
  }
}
