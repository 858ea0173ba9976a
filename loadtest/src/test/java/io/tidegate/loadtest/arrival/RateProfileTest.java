package io.tidegate.loadtest.arrival;

import static io.tidegate.loadtest.arrival.open.OpenSteps.constantUsersPerSec;
import static io.tidegate.loadtest.arrival.open.OpenSteps.nothingFor;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RateProfileTest {

  @Test
  void findsTheBusiestSecondAndMinute() {
    Arrivals arrivals =
        constantUsersPerSec(2)
            .during(60)
            .andThen(constantUsersPerSec(50).during(1))
            .andThen(nothingFor(Duration.ofSeconds(59)));
    RateProfile profile = profileOf(arrivals);
    assertThat(profile.total()).isEqualTo(170);
    assertThat(profile.seconds()).isEqualTo(120);
    assertThat(profile.busiestSecond()).isEqualTo(50);
    assertThat(profile.busiestMinute()).isEqualTo(120);
    assertThat(profile.describe()).contains("170 arrivals in 120 s").contains("█");
  }

  @Test
  void seesNoVariationInEvenArrivals() {
    assertThat(profileOf(constantUsersPerSec(10).during(60)).variation()).isLessThan(1e-6);
  }

  @Test
  void seesAnEmptyStretch() {
    RateProfile profile = profileOf(nothingFor(Duration.ofSeconds(5)));
    assertThat(profile.total()).isZero();
    assertThat(profile.sketch()).isBlank();
  }

  private static RateProfile profileOf(Arrivals arrivals) {
    return RateProfile.of(arrivals.fireTimes(new SplittableRandom(1)), arrivals.durationNanos());
  }
}
