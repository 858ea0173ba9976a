package io.tidegate.engine.reserve;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.reserve.Reserve.Totals;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** How many seats are kept for the best tier. */
class ReserveTest {
  private static final long TICK_NANOS = 100_000_000;
  private static final OptionalInt LARGE = OptionalInt.of(400);

  private final Reserve reserve = new Reserve(OptionalInt.empty(), false);
  private long nowNanos = -5;
  private long offered;
  private long released;
  private long heldMillis;
  private ReserveDecision last;

  @Test
  void keepsNothingWithoutTheBestTiersTraffic() {
    pass(600, 0, 40, 10, LARGE);

    assertThat(last.seats()).isZero();
  }

  @Test
  void keepsWhatTheFormulaSays() {
    // 400 seats held 10 s each: 40 come free a second; the best tier asks for 10.
    pass(600, 10, 40, 10, LARGE);

    // Just after a second's arrivals their mean is a tenth above 10.
    assertThat(last.seats()).isEqualTo((int) Math.ceil(Math.log(1_000) / Math.log(40 / 11.)));
    assertThat(ReserveRule.seats(10, 40, 400)).isEqualTo(5);
  }

  @Test
  void letsTheBestTierWaitALittleOnASmallService() {
    // 48 seats held 10 s each: 4.8 come free a second; the best tier asks for 4.
    pass(600, 4, 4, 10, OptionalInt.of(48));

    assertThat(last.seats()).isEqualTo(14);
    assertThat(ReserveRule.seats(2, 4.8, 48))
        .isEqualTo((int) Math.ceil((Math.log(1_000) - 2.8 * .3) / Math.log(2.4)));
  }

  @Test
  void keepsThreeTenthsWhenTheBestTierTakesAll() {
    pass(600, 60, 40, 10, LARGE);

    assertThat(last.seats()).isEqualTo(120);
    assertThat(ReserveRule.seats(39.3, 40, 400)).isEqualTo(120);
  }

  @Test
  void meetsAnIncreaseWithinSecondsAndForgetsItWithinAMinute() {
    pass(600, 0, 40, 10, LARGE);
    pass(30, 20, 40, 10, LARGE);
    assertThat(last.seats()).isBetween(4, 10);
    pass(600, 0, 40, 10, LARGE);
    assertThat(last.seats()).isZero();
  }

  @Test
  void keepsNothingBeforeAnyRequestHasEnded() {
    pass(10, 20, 0, 0, LARGE);

    assertThat(last.seats()).isZero();
    assertThat(last.reason()).contains("no request has ended");
  }

  @Test
  void keepsTheOperatorsNumberUpToThreeTenths() {
    assertThat(decide(new Reserve(OptionalInt.of(50), false), LARGE)).isEqualTo(50);
    assertThat(decide(new Reserve(OptionalInt.of(150), false), LARGE)).isEqualTo(120);
  }

  @Test
  void keepsNothingOfNoLimitAndFromNobody() {
    assertThat(decide(new Reserve(OptionalInt.of(50), false), OptionalInt.empty())).isZero();
    assertThat(decide(new Reserve(OptionalInt.of(50), true), LARGE)).isZero();
  }

  private static int decide(Reserve reserve, OptionalInt limitSeats) {
    return reserve.step(new Totals(0, 0, 0), limitSeats, 0).seats();
  }

  private void pass(
      int ticks, int offeredPerSecond, int releasedPerSecond, int heldSeconds, OptionalInt limit) {
    for (int tick = 0; tick < ticks; tick++) {
      nowNanos += TICK_NANOS;
      if (tick % 10 == 9) { // All of a second at its end: the means must bear it.
        offered += offeredPerSecond;
        released += releasedPerSecond;
        heldMillis += 1_000L * releasedPerSecond * heldSeconds;
      }
      last = reserve.step(new Totals(offered, released, heldMillis), limit, nowNanos);
    }
  }
}
