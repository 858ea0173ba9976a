package io.tidegate.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.admission.Admission.Refused;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.TierTable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Each refusal says what it is for, and is there before it is needed unless it is for long.
 *
 * <p>Shown red by hand: {@code place} without the reason, and without the class; times rounded
 * down; {@code <} for {@code <=} at a minute.
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
  void isBuiltBeforehandUpToAMinute() {
    Refused minute = refusals.of(SOME, RefusalReason.OVER_RATE, 60_000);

    assertThat(refusals.of(SOME, RefusalReason.OVER_RATE, 60_000)).isSameAs(minute);
    assertThat(refusals.of(SOME, RefusalReason.OVER_RATE, 59_751)).isSameAs(minute);
  }

  @Test
  void tellsTheTimeBeyondAMinute() {
    long days = TimeUnit.DAYS.toMillis(40);

    assertThat(refusals.of(SOME, RefusalReason.OVER_FEATURE, 60_001))
        .isEqualTo(new Refused(RefusalReason.OVER_FEATURE, SOME, 60_250));
    assertThat(refusals.of(SOME, RefusalReason.OVER_FEATURE, days))
        .isEqualTo(new Refused(RefusalReason.OVER_FEATURE, SOME, days));
  }
}
