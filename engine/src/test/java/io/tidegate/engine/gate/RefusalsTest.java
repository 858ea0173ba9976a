package io.tidegate.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.admission.Admission.Refused;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.TierTable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Each refusal says what it is for, and is there before it is needed, however long it is for.
 *
 * <p>Shown red by hand: {@code place} without the reason, and without the class; times rounded
 * down; no rounding up beyond 64 s.
 */
class RefusalsTest {
  private static final TierTable TIERS = TierTable.defaults();
  private static final ServiceClass SOME = TIERS.classes().get(3);

  private final Refusals refusals = new Refusals(TIERS);

  @Test
  void tellsClassReasonAndTime() {
    for (ServiceClass of : TIERS.classes()) {
      for (RefusalReason reason : RefusalReason.values()) {
        for (long millis = 0; millis <= 60_000; millis += RetryAfter.QUARTER_MILLIS) {
          assertThat(refusals.of(of, reason, millis)).isEqualTo(new Refused(reason, of, millis));
        }
      }
    }
  }

  @Test
  void roundsUpToAQuarterOfASecond() {
    assertThat(refusals.of(SOME, RefusalReason.OVER_RATE, 1).retryAfterMillis()).isEqualTo(250);
    assertThat(refusals.of(SOME, RefusalReason.OVER_RATE, 250).retryAfterMillis()).isEqualTo(250);
    assertThat(refusals.of(SOME, RefusalReason.OVER_RATE, 251).retryAfterMillis()).isEqualTo(500);
  }

  @Test
  void isBuiltBeforehand() {
    Refused minute = refusals.of(SOME, RefusalReason.OVER_RATE, 60_000);
    Refused day = refusals.of(SOME, RefusalReason.OVER_RATE, TimeUnit.DAYS.toMillis(1));

    assertThat(refusals.of(SOME, RefusalReason.OVER_RATE, 59_751)).isSameAs(minute);
    assertThat(refusals.of(SOME, RefusalReason.OVER_RATE, TimeUnit.DAYS.toMillis(1) - 1))
        .isSameAs(day);
  }

  @Test
  void tellsATimeBeyondAMinuteWithinASixteenthAndNeverTooShort() {
    long year = TimeUnit.DAYS.toMillis(365);
    for (long millis = 60_001; millis < year; millis += millis / 37) {
      long told = refusals.of(SOME, RefusalReason.OVER_FEATURE, millis).retryAfterMillis();
      assertThat(told).isBetween(millis, Math.max(millis + 249, millis + millis / 16 + 250));
    }
    assertThat(refusals.of(SOME, RefusalReason.OVER_FEATURE, 10 * year).retryAfterMillis())
        .isGreaterThan(year);
  }

  @Test
  void knowsTheTimeOfEachStep() {
    for (int step = 0; step < RetrySteps.COUNT; step++) {
      assertThat(RetrySteps.of(RetrySteps.millis(step))).isEqualTo(step);
    }
  }
}
