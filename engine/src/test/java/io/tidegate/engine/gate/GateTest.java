package io.tidegate.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.EngineSettings;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.tier.TierTable;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What one thread sees of seats, reserve and advice.
 *
 * <p>Shown red by hand: {@code <} for {@code <=} in {@code Gate.fits} (a seat stays empty), and the
 * limit without the reserve as everybody's cap.
 */
class GateTest {
  @Test
  void admitsUpToTheLimitAndNotBeyond() {
    GateFixture fixture = new GateFixture(3, 0);

    fixture.take("plus", 1);
    fixture.take("plus", 2);

    assertThat(fixture.engine.inflightSeats()).isEqualTo(3);
    assertThat(fixture.refused("plus", 1).reason()).isEqualTo(RefusalReason.NO_ROOM);
    assertThat(fixture.engine.inflightSeats()).isEqualTo(3);
  }

  @Test
  void keepsTheReserveForTheBestTier() {
    GateFixture fixture = new GateFixture(10, 3);

    fixture.take("new", 7);

    assertThat(fixture.admits("new")).isFalse();
    assertThat(fixture.admits("free")).isFalse();
    fixture.take("plus", 3);
    assertThat(fixture.admits("plus")).isFalse();
  }

  @Test
  void countsTheBestTiersOwnSeatsAgainstWhatOthersMayTake() {
    GateFixture fixture = new GateFixture(10, 3);

    fixture.take("plus", 7);

    assertThat(fixture.admits("free")).isFalse();
  }

  @Test
  void admitsEverybodyWhereNothingIsEnforced() {
    GateFixture fixture = new GateFixture(EngineSettings.of(TierTable.defaults()));

    fixture.take("new", 1_000_000_000);
    fixture.take("new", 1_000_000_000);

    assertThat(fixture.engine.inflightSeats()).isEqualTo(2_000_000_000L);
  }

  @Test
  void refusesWhatCanNeverFitWithoutKeepingOthersOut() {
    GateFixture fixture = new GateFixture(10, 3);

    assertThat(fixture.refused("free", 8).retryAfterMillis()).isEqualTo(30_000);
    assertThat(fixture.refused("plus", 11).retryAfterMillis()).isEqualTo(30_000);
    assertThat(fixture.admits("new")).isTrue();
    assertThat(fixture.admits("free")).isTrue();
  }

  @Test
  void advisesTheTimeInWhichAFullHouseTurnsOver() {
    GateFixture fixture = new GateFixture(TierTable.defaults(), 2, 0);
    var first = fixture.take("plus", 2);
    assertThat(fixture.refused("plus", 1).retryAfterMillis()).isBetween(1_000L, 1_250L);

    fixture.passMillis(10_000);
    GateFixture.serve(first);
    fixture.take("plus", 2);

    assertThat(fixture.refused("plus", 1).retryAfterMillis()).isBetween(8_000L, 12_000L);
  }

  @Test
  void ownsItsClassInATableOfOneTier() {
    GateFixture fixture = new GateFixture(TierTable.of(List.of("all"), List.of("all")), 2, 0);

    fixture.take("all", 2);

    assertThat(fixture.admits("all")).isFalse();
  }

  @Test
  void turnsAwayWithoutTouchingSeatsOrLatch() {
    GateFixture fixture = new GateFixture(10, 0);

    var refused =
        fixture.engine.turnAway(fixture.subscriber("plus"), RefusalReason.NO_UPSTREAM, 2_100);

    assertThat(refused.reason()).isEqualTo(RefusalReason.NO_UPSTREAM);
    assertThat(refused.retryAfterMillis()).isEqualTo(2_250);
    assertThat(fixture.engine.inflightSeats()).isZero();
    assertThat(fixture.admits("new")).isTrue();
    assertThat(fixture.books("plus").refused()).containsEntry(RefusalReason.NO_UPSTREAM, 1L);
  }
}
