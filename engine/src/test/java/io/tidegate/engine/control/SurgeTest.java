package io.tidegate.engine.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.control.SurgeState.Level;
import io.tidegate.engine.limit.LimitSettings;
import io.tidegate.engine.tier.NewSubscriberRule;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** When there is a surge, and since when. */
class SurgeTest {
  private final LoopFixture fixture = new LoopFixture(new LimitSettings.Fixed(100));

  @Test
  void isCalmWhileDemandFits() {
    fixture.inflightSeats = 85;
    fixture.passSeconds(120, 10, 0);

    assertThat(level()).isEqualTo(Level.CALM);
    assertThat(fixture.loop.surgeSinceEpochMillis()).isEqualTo(NewSubscriberRule.NO_SURGE);
  }

  @Test
  void beginsWhenTheLimitIsFullForAWhileAndNotForAMoment() {
    fixture.inflightSeats = 100;
    fixture.passSeconds(2, 10, 0);
    assertThat(level()).isEqualTo(Level.CALM);

    fixture.passSeconds(28, 10, 0);
    assertThat(level()).isEqualTo(Level.SURGE);
  }

  @Test
  void shedsFromTheFirstSecondInWhichOneInAHundredIsRefused() {
    fixture.passSeconds(1, 1_000, 9);
    assertThat(level()).isEqualTo(Level.CALM);

    fixture.passSeconds(1, 1_000, 10);
    assertThat(level()).isEqualTo(Level.SHEDDING);
    assertThat(fixture.loop.surgeSinceEpochMillis()).isEqualTo(fixture.nowEpochMillis());
  }

  @Test
  void goesBackInStepsAndKeepsItsBeginningMeanwhile() {
    fixture.passSeconds(1, 100, 50);
    long since = fixture.nowEpochMillis();

    fixture.passSeconds(9, 100, 0);
    assertThat(level()).isEqualTo(Level.SHEDDING);
    fixture.passSeconds(1, 100, 0);
    assertThat(level()).isEqualTo(Level.SURGE);
    assertThat(fixture.loop.surgeSinceEpochMillis()).isEqualTo(since);
    fixture.passSeconds(49, 100, 0);
    assertThat(level()).isEqualTo(Level.SURGE);
    fixture.passSeconds(1, 100, 0);
    assertThat(level()).isEqualTo(Level.CALM);
    assertThat(fixture.loop.surgeSinceEpochMillis()).isEqualTo(NewSubscriberRule.NO_SURGE);
    assertThat(fixture.loop.snapshot().surge().levelSinceEpochMillis())
        .isEqualTo(fixture.nowEpochMillis());
  }

  @Test
  void lastsWhileUseStaysHighButBelowItsBeginning() {
    fixture.inflightSeats = 100;
    fixture.passSeconds(60, 10, 0);
    fixture.inflightSeats = 80;
    fixture.passSeconds(600, 10, 0);
    assertThat(level()).isEqualTo(Level.SURGE);

    fixture.inflightSeats = 60;
    fixture.passSeconds(120, 10, 0);
    assertThat(level()).isEqualTo(Level.CALM);
  }

  @Test
  void isCalmWithoutALimit() {
    LoopFixture open =
        new LoopFixture(new LimitSettings.Shadow(OptionalInt.empty(), LoopFixture.FROM_100));
    open.inflightSeats = 10_000;

    open.passSeconds(60, 100, 0);

    assertThat(open.loop.snapshot().surge().level()).isEqualTo(Level.CALM);
  }

  private Level level() {
    return fixture.loop.snapshot().surge().level();
  }
}
