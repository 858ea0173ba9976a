package io.tidegate.engine.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.limit.LimitSettings;
import io.tidegate.engine.limit.LimitStep.Move;
import io.tidegate.engine.reserve.Reserve;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The loop reads, asks, and publishes what has changed. */
class ControlLoopTest {
  @Test
  void publishesTheFirstLimitAtOnce() {
    LoopFixture fixture = new LoopFixture(LoopFixture.FROM_100);

    assertThat(fixture.limitSeats).isEqualTo(100);
    assertThat(fixture.reserveSeats).isZero();
    assertThat(fixture.loop.snapshot().limitSeats()).hasValue(100);
  }

  @Test
  void publishesOnlyChanges() {
    LoopFixture fixture = new LoopFixture(new LimitSettings.Fixed(50));

    fixture.pass(100);

    assertThat(fixture.published).isEqualTo(1);
    assertThat(fixture.loop.snapshot().limit().move()).isEqualTo(Move.FIXED);
  }

  @Test
  void publishesNoLimitAsTheLargestNumber() {
    LoopFixture fixture =
        new LoopFixture(new LimitSettings.Shadow(OptionalInt.empty(), LoopFixture.FROM_100));
    fixture.pass(1);

    assertThat(fixture.limitSeats).isEqualTo(Integer.MAX_VALUE);
    assertThat(fixture.loop.snapshot().limitSeats()).isEmpty();
    assertThat(fixture.loop.snapshot().reserve().seats()).isZero();
  }

  @Test
  void asksTheReserveAtEveryTick() {
    LoopFixture fixture = new LoopFixture(new LimitSettings.Fixed(400));
    fixture.pass(1);
    fixture.seats = new Reserve.Totals(50, 100, 1_000_000);

    fixture.pass(1);

    assertThat(fixture.reserveSeats).isPositive();
    assertThat(fixture.loop.snapshot().reserve().seats()).isEqualTo(fixture.reserveSeats);
  }

  @Test
  void doesNothingWhenItIsCalledTooOften() {
    LoopFixture fixture = new LoopFixture(new LimitSettings.Fixed(400));
    fixture.pass(1);
    fixture.seats = new Reserve.Totals(50, 100, 1_000_000);

    fixture.loop.tick(fixture.clock.get() + ControlLoop.TICK_NANOS / 3, 0);

    assertThat(fixture.reserveSeats).isZero();
  }

  @Test
  void asksThePolicyOnceASecondWhenTheWindowIsFull() {
    LoopFixture fixture = new LoopFixture(LoopFixture.FROM_100);
    fixture.inflightSeats = 100;
    fixture.answer(100);
    fixture.samples.tokens(10_000);

    fixture.pass(9);
    assertThat(fixture.limitSeats).isEqualTo(100);
    fixture.pass(1);
    assertThat(fixture.limitSeats).isEqualTo(200);
    assertThat(fixture.loop.snapshot().limit().move()).isEqualTo(Move.RAISED);
  }

  @Test
  void waitsUpToFiveSecondsForTheWindowToFill() {
    LoopFixture fixture = new LoopFixture(LoopFixture.FROM_100);
    fixture.inflightSeats = 100;
    fixture.answer(4);
    fixture.samples.tokens(1_000);

    fixture.pass(49);
    assertThat(fixture.limitSeats).isEqualTo(100);
    fixture.pass(1);
    assertThat(fixture.limitSeats).isEqualTo(200);
  }

  @Test
  void tellsThePolicyWhatWasRefusedAndWhatFailedInItsWindow() {
    LoopFixture fixture = new LoopFixture(LoopFixture.FROM_100);
    fixture.inflightSeats = 70; // full only if somebody was refused
    fixture.answer(70);
    fixture.samples.tokens(10_000);
    fixture.requests = new Requests(30, 1, 29, 0);
    fixture.pass(10);
    assertThat(fixture.limitSeats).isEqualTo(200);

    fixture.inflightSeats = 200;
    fixture.answer(130);
    fixture.samples.tokens(10_000);
    fixture.requests = new Requests(60, 1, 31, 20);
    fixture.pass(10);
    assertThat(fixture.limitSeats).isEqualTo(200);
    assertThat(fixture.loop.snapshot().limit().reason()).contains("fail");
  }

  @Test
  void isNeverHigherThanHealthyUpstreamsCanTake() {
    LoopFixture fixture = new LoopFixture(LoopFixture.FROM_100);

    fixture.loop.upstreamSeats(OptionalInt.of(40));
    fixture.pass(1);
    assertThat(fixture.limitSeats).isEqualTo(40);
    assertThat(fixture.loop.snapshot().limit().seats()).hasValue(100);

    fixture.loop.upstreamSeats(OptionalInt.empty());
    fixture.pass(1);
    assertThat(fixture.limitSeats).isEqualTo(100);
  }
}
