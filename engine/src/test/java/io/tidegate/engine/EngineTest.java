package io.tidegate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.Permit;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.telemetry.CutCause;
import io.tidegate.engine.telemetry.EngineSnapshot;
import io.tidegate.engine.telemetry.TierSnapshot;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The engine as the front end sees it.
 *
 * <p>Shown red by hand: {@code Engine.admit} that does not ask whether it drains; {@code
 * Engine.turnAway} that builds a refusal without the gate.
 */
class EngineTest {
  @TempDir Path folder;
  private Engine engine;
  private long nowNanos;
  private int sessions;

  @BeforeEach
  void start() {
    engine =
        Engine.start(
            EngineSettings.of(TierTable.defaults())
                .withCountersFile(folder.resolve("counters"))
                .withLimit(10, 3),
            () -> nowNanos);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void refusesEverybodyOnceItDrainsAndLeavesRunningPermitsAlone() {
    Permit running = take("free", 4);

    engine.drain();

    assertThat(engine.draining()).isTrue();
    Admission.Refused refused = refused("plus");
    assertThat(refused.reason()).isEqualTo(RefusalReason.DRAINING);
    assertThat(refused.retryAfterMillis()).isEqualTo(1_000);
    assertThat(engine.inflightSeats()).isEqualTo(4);
    running.firstToken(nowNanos + 1);
    running.complete(Outcome.SERVED);
    assertThat(engine.inflightSeats()).isZero();
    assertThat(books("free").completed()).containsEntry(Outcome.SERVED, 1L);
    assertThat(books("free").timeToFirstToken().count()).isEqualTo(1);
  }

  @Test
  void countsWhatADrainHadToCut() {
    take("plus", 1).complete(Outcome.CUT);
    take("new", 1).complete(Outcome.CUT);
    take("new", 1).complete(Outcome.UPSTREAM_DIED);

    assertThat(engine.snapshot().streamsCut())
        .isEqualTo(Map.of(CutCause.DRAIN, 2L, CutCause.SHED, 0L));
  }

  @Test
  void balancesItsBooksOverAdmissionsRefusalsAndThoseTurnedAway() {
    take("new", 7);
    take("plus", 2).complete(Outcome.CLIENT_GONE);
    refused("free");
    refused("new");
    engine.turnAway(subscriber("free"), RefusalReason.NO_UPSTREAM, 2_000);

    assertThat(books("free").offered()).isEqualTo(2);
    assertThat(books("free").refused())
        .containsEntry(RefusalReason.NO_ROOM, 1L)
        .containsEntry(RefusalReason.NO_UPSTREAM, 1L)
        .containsEntry(RefusalReason.DRAINING, 0L);
    assertThat(books("new").offered()).isEqualTo(2);
    assertThat(books("new").inflightSeats()).isEqualTo(7);
    for (TierSnapshot tier : engine.snapshot().tiers()) {
      assertThat(tier.offered()).isEqualTo(tier.admitted() + tier.refusedTotal());
    }
    assertThat(books("plus").admitted()).isEqualTo(books("plus").completedTotal());
  }

  @Test
  void showsItsStateFromTheStart() {
    EngineSnapshot idle = engine.snapshot();

    assertThat(idle.tiers())
        .extracting(tier -> tier.tier().name())
        .containsExactly("plus", "free", "new");
    assertThat(idle.tiers().get(0).completed()).containsOnlyKeys(Outcome.values());
    assertThat(idle.limitSeats()).hasValue(10);
    assertThat(idle.reserveSeats()).isEqualTo(3);
    assertThat(idle.latchedByClass().keySet()).containsExactlyElementsOf(engine.tiers().classes());
    assertThat(idle.latchedByClass().values()).containsOnly(false);
    assertThat(idle.decision().count()).isZero();
  }

  @Test
  void showsWhichClassesAreLatched() {
    take("free", 7);
    refused("free");

    Map<ServiceClass, Boolean> latched = engine.snapshot().latchedByClass();

    assertThat(latched)
        .containsEntry(classOf("new", ServiceClass.Kind.OPENING), true)
        .containsEntry(classOf("free", ServiceClass.Kind.OPENING), false);
    nowNanos += TimeUnit.SECONDS.toNanos(2);
    assertThat(engine.snapshot().latchedByClass().values()).containsOnly(false);
  }

  @Test
  void timesOneDecisionOfItsOwnInSixtyFour() {
    engine.drain();
    for (int request = 0; request < 64_000; request++) {
      nowNanos += 1_000;
      refused("plus");
      engine.turnAway(subscriber("plus"), RefusalReason.NO_UPSTREAM, 0);
    }

    assertThat(engine.snapshot().decision().count()).isBetween(900L, 1_100L);
  }

  @Test
  void refusesAForeignTierWithoutCountingIt() {
    Subscriber stranger = new Subscriber("eve", new Tier("gold", 0));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> engine.admit(AdmissionRequest.of(stranger)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> engine.turnAway(subscriber("plus"), RefusalReason.NO_UPSTREAM, -1));

    assertThat(engine.snapshot().tiers()).allMatch(tier -> tier.offered() == 0);
  }

  @Test
  void takesSeatsBackAfterItWasClosed() {
    Permit running = take("plus", 1);

    engine.close();
    running.complete(Outcome.SERVED);

    assertThat(engine.inflightSeats()).isZero();
    assertThat(books("plus").completedTotal()).isEqualTo(1);
  }

  private Permit take(String tier, int seats) {
    Admission decision = engine.admit(request(tier).withSeats(seats));
    return ((Admission.Admitted) decision).permit();
  }

  private Admission.Refused refused(String tier) {
    return (Admission.Refused) engine.admit(request(tier));
  }

  /** A request that opens a session of its own. */
  private AdmissionRequest request(String tier) {
    return AdmissionRequest.of(subscriber(tier)).withSession("session-" + ++sessions);
  }

  private Subscriber subscriber(String tier) {
    return new Subscriber("s", engine.tiers().find(tier).orElseThrow());
  }

  private ServiceClass classOf(String tier, ServiceClass.Kind kind) {
    return engine.tiers().classOf(subscriber(tier).tier(), kind);
  }

  private TierSnapshot books(String tier) {
    return engine.snapshot().tiers().get(subscriber(tier).tier().index());
  }
}
