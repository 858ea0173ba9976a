package io.tidegate.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.SessionKey;
import io.tidegate.engine.quota.Denial;
import io.tidegate.engine.quota.Holding;
import io.tidegate.engine.quota.QuotaSettings;
import io.tidegate.engine.quota.Quotas;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.typed.Behavior;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The actors that close sessions.
 *
 * <p>Shown red by hand: a shard that does not know one of its commands, and one that does not send
 * itself on when a turn was not enough.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionShardTest {
  private static final TierTable TIERS = TierTable.defaults();
  private static final Tier PLUS = TIERS.best();
  private static final Duration IDLE = Duration.ofMinutes(10);

  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());

  private final AtomicLong now = new AtomicLong();

  @AfterAll
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void everyCommandIsHandled() {
    Sessions sessions = sessions(1, quotas(1));
    BehaviorTestKit<SessionShard.Command> shard =
        BehaviorTestKit.create(SessionShard.create(sessions, 0, now::get));

    assertThat(SessionShard.Command.class.getPermittedSubclasses())
        .allSatisfy(
            command -> {
              shard.run((SessionShard.Command) command.getEnumConstants()[0]);
              assertThat(Behavior.isUnhandled(shard.returnedBehavior())).isFalse();
            });
    assertThat(shard.hasEffects()).isTrue();
  }

  @Test
  void doesALotInSeveralTurns() {
    Quotas quotas = quotas(1);
    Sessions sessions = sessions(1, quotas);
    int many = 2 * SessionShard.LOOKS + 100;
    for (int session = 0; session < many; session++) {
      open(sessions, quotas, "s" + session);
    }
    BehaviorTestKit<SessionShard.Command> shard =
        BehaviorTestKit.create(SessionShard.create(sessions, 0, now::get));
    now.addAndGet(IDLE.plusMinutes(1).toNanos());

    shard.run(SessionShard.Look.INSTANCE);
    assertThat(sessions.open(PLUS)).isEqualTo(many - SessionShard.LOOKS);
    // The timer changes nothing while a turn is to come anyway.
    shard.run(SessionShard.Look.INSTANCE);
    assertThat(sessions.open(PLUS)).isEqualTo(many - SessionShard.LOOKS);
    shard.runOne();
    assertThat(sessions.open(PLUS)).isEqualTo(100);
    shard.runOne();

    assertThat(sessions.open(PLUS)).isZero();
    assertThat(shard.selfInbox().hasMessages()).isFalse();
  }

  @Test
  void theShardsCloseWhatIsIdleAndNothingElse() {
    Quotas quotas = quotas(8);
    Sessions sessions = sessions(8, quotas);
    kit.spawn(SessionShards.create(sessions, now::get));
    for (int session = 0; session < 100; session++) {
      open(sessions, quotas, "s" + session);
    }
    pass(IDLE.minusMinutes(1));
    open(sessions, quotas, "s7");

    pass(Duration.ofMinutes(2));

    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(sessions.open(PLUS)).isEqualTo(1));
    assertThat(sessions.isOpen(new SessionKey("ann", "s7"))).isTrue();
  }

  private void pass(Duration passing) {
    now.addAndGet(passing.toNanos());
    time.timePasses(SessionShard.PERIOD);
  }

  private void open(Sessions sessions, Quotas quotas, String name) {
    Holding holding = new Holding();
    Visit visit = new Visit();
    AdmissionRequest request = AdmissionRequest.of(new Subscriber("ann", PLUS)).withSession(name);
    assertThat(quotas.take(holding, request, PLUS, 1, now.get())).isEqualTo(Denial.NONE);
    assertThat(sessions.enter(visit, request.session(), holding.account(), PLUS, now.get()))
        .isEqualTo(Denial.NONE);
    visit.admitted();
    visit.ended(now.get());
    holding.finish(0, 0, now.get());
  }

  private Sessions sessions(int shards, Quotas quotas) {
    now.set(TimeUnit.DAYS.toNanos(1));
    return new Sessions(new SessionSettings(IDLE, shards, 10_000), quotas, now.get());
  }

  private static Quotas quotas(int shards) {
    return new Quotas(QuotaSettings.unlimited(TIERS), shards);
  }
}
