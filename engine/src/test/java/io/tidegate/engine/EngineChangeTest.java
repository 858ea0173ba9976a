package io.tidegate.engine;

import static io.tidegate.engine.SteppedEngine.TIERS;
import static io.tidegate.engine.SteppedEngine.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.Permit;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.admission.Ticket;
import io.tidegate.engine.limit.LimitSettings;
import io.tidegate.engine.limit.Objective;
import io.tidegate.engine.queue.WaitSettings;
import io.tidegate.engine.quota.QuotaSettings;
import io.tidegate.engine.quota.TierQuotas;
import io.tidegate.engine.session.SessionSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Settings change while requests run and wait. Each is shown red by leaving its change out. */
class EngineChangeTest {
  private final EngineSettings before =
      EngineSettings.of(TIERS)
          .withLimit(4, 1)
          .withWaits(new WaitSettings(Map.of("free-opening", Duration.ofSeconds(10)), 100));

  private final SteppedEngine fixture = new SteppedEngine(before);

  @Test
  void lowersTheLimitWithoutCuttingAnybody() {
    Permit first = fixture.admitted(request("a", "plus"));
    Permit second = fixture.admitted(request("b", "plus"));
    fixture.engine.change(before.withLimit(1, 0));
    fixture.pass(100);
    assertThat(fixture.engine.snapshot().limitSeats()).hasValue(1);
    assertThat(fixture.engine.inflightSeats()).isEqualTo(2);
    first.complete(Outcome.SERVED);
    assertThat(fixture.refused(request("c", "new")).reason()).isEqualTo(RefusalReason.NO_ROOM);
    second.complete(Outcome.SERVED);
    fixture.pass(1_000);
    fixture.admitted(request("d", "plus")).complete(Outcome.SERVED);
  }

  @Test
  void raisesTheLimitForWhoeverWaits() {
    Permit all = fixture.admitted(request("a", "plus").withSeats(4));
    Ticket waits = fixture.waits(request("b", "free"));
    AtomicReference<Object> decided = new AtomicReference<>();
    waits.whenDecided(decided::set);
    fixture.engine.change(before.withLimit(8, 1));
    fixture.pass(100);
    fixture.pass(100);
    assertThat(decided.get()).isNotNull();
    all.complete(Outcome.SERVED);
  }

  @Test
  void changesTheReserveByItself() {
    fixture.engine.change(before.withReserve(OptionalInt.of(0)));
    fixture.pass(100);
    assertThat(fixture.engine.snapshot().reserveSeats()).isZero();
    assertThat(fixture.engine.snapshot().limitSeats()).hasValue(4);
  }

  @Test
  void beginsAnAdaptiveLimitWhereItsNewStartIs() {
    EngineSettings adaptive =
        before.withLimit(
            new LimitSettings.Adaptive(OptionalInt.of(20), 2, 50, Objective.defaults()));
    fixture.engine.change(adaptive);
    fixture.pass(100);
    assertThat(fixture.engine.snapshot().limitSeats()).hasValue(20);
    EngineSettings lower =
        before.withLimit(
            new LimitSettings.Adaptive(OptionalInt.of(10), 2, 10, Objective.defaults()));
    fixture.engine.change(lower);
    fixture.pass(100);
    assertThat(fixture.engine.snapshot().limitSeats()).hasValue(10);
  }

  @Test
  void givesATierOtherQuotasAndLeavesWhoHoldsMore() {
    Permit first = fixture.admitted(request("a", "plus"));
    Permit second = fixture.admitted(request("a", "plus"));
    fixture.engine.change(withPlus(quotas(OptionalInt.empty(), OptionalInt.of(1))));
    assertThat(fixture.refused(request("a", "plus")).reason())
        .isEqualTo(RefusalReason.OVER_PARALLEL);
    assertThat(fixture.engine.inflightSeats()).isEqualTo(2);
    first.complete(Outcome.SERVED);
    second.complete(Outcome.SERVED);
    fixture.admitted(request("a", "plus")).complete(Outcome.SERVED);
  }

  @Test
  void fillsATierWhoseSessionsHaveBecomeFewer() {
    fixture.admitted(request("a", "plus")).complete(Outcome.SERVED);
    fixture.engine.change(withPlus(quotas(OptionalInt.of(1), OptionalInt.empty())));
    assertThat(fixture.refused(request("b", "plus")).reason()).isEqualTo(RefusalReason.TIER_FULL);
    fixture.admitted(request("a", "plus")).complete(Outcome.SERVED);
  }

  @Test
  void letsNobodyWaitAnyMore() {
    Permit all = fixture.admitted(request("a", "plus").withSeats(4));
    AtomicReference<Object> decided = new AtomicReference<>();
    fixture.waits(request("b", "free")).whenDecided(decided::set);
    fixture.engine.change(before.withWaits(new WaitSettings(Map.of(), 100)));
    assertThat(fixture.refused(request("c", "free")).reason()).isEqualTo(RefusalReason.NO_ROOM);
    fixture.pass(100);
    assertThat(decided.get()).isNotNull();
    all.complete(Outcome.SERVED);
  }

  @Test
  void refusesWhatCannotChangeAndChangesNothing() {
    EngineSettings impossible =
        before.withLimit(9, 0).withSessions(new SessionSettings(Duration.ofSeconds(9), 1, 9));
    assertThatIllegalArgumentException().isThrownBy(() -> fixture.engine.change(impossible));
    fixture.pass(100);
    assertThat(fixture.engine.snapshot().limitSeats()).hasValue(4);
    assertThat(fixture.engine.settings()).isEqualTo(before);
  }

  private EngineSettings withPlus(TierQuotas plus) {
    TierQuotas none = TierQuotas.unlimited();
    return before.withQuotas(
        new QuotaSettings(
            List.of(plus, none, none), List.of(), QuotaSettings.DEFAULT_MAX_SUBSCRIBERS));
  }

  private static TierQuotas quotas(OptionalInt sessions, OptionalInt parallel) {
    return new TierQuotas(
        sessions, OptionalInt.empty(), parallel, OptionalInt.empty(), OptionalLong.empty());
  }
}
