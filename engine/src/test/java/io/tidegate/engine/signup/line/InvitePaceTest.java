package io.tidegate.engine.signup.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class InvitePaceTest {
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long NOW = 500_000 * HOUR;

  @Test
  void saysNothingOfALineThatHasNotMovedForADay() {
    InvitePace pace = InvitePace.NONE.with(NOW);
    assertThat(InvitePace.NONE.estimate(5, NOW)).isEmpty();
    assertThat(pace.estimate(5, NOW + 23 * HOUR)).isPresent();
    assertThat(pace.estimate(5, NOW + 24 * HOUR)).isEmpty();
  }

  @Test
  void holdsTheTrueWaitOfASteadyLineInItsRange() {
    InvitePace pace = InvitePace.NONE;
    for (int hour = 0; hour < 24; hour++) {
      pace = pace.with(InvitePace.hourOf(NOW) + hour, 100);
    }
    WaitRange range = pace.estimate(999, NOW + 24 * HOUR - 1).orElseThrow();
    assertThat(range.lowSeconds()).isBetween(30_000L, 36_000L);
    assertThat(range.highSeconds()).isBetween(36_000L, 40_000L);
  }

  @Test
  void judgesALineThatHasJustBegunByTheHoursSinceThen() {
    InvitePace pace = InvitePace.NONE.with(InvitePace.hourOf(NOW), 400);
    WaitRange range = pace.estimate(399, NOW + HOUR - 1).orElseThrow();
    assertThat(range.lowSeconds()).isBetween(3000L, 3600L);
    assertThat(range.highSeconds()).isBetween(3600L, 4200L);
  }

  @Test
  void isLessSureOfFew() {
    InvitePace pace = InvitePace.NONE.with(NOW);
    WaitRange range = pace.estimate(0, NOW).orElseThrow();
    assertThat(range.highSeconds()).isGreaterThan(10 * range.lowSeconds());
  }

  @Test
  void countsOnlyTheLastDay() {
    InvitePace pace =
        InvitePace.NONE
            .with(InvitePace.hourOf(NOW), 7)
            .with(InvitePace.hourOf(NOW) + 30, 3)
            .with(InvitePace.hourOf(NOW) + 29, 2)
            .with(InvitePace.hourOf(NOW), 100);
    assertThat(pace.lastDay(NOW + 30 * HOUR)).isEqualTo(5);
  }

  @Test
  void standsAClockThatIsSetBack() {
    InvitePace pace = InvitePace.NONE.with(NOW).with(NOW - HOUR);
    assertThat(pace.lastDay(NOW - HOUR)).isEqualTo(2);
    assertThat(pace.estimate(1, NOW - HOUR)).isPresent();
  }
}
