package io.tidegate.loadtest.arrival.closed;

import static io.tidegate.loadtest.arrival.closed.ClosedSteps.constantConcurrentUsers;
import static io.tidegate.loadtest.arrival.closed.ClosedSteps.incrementConcurrentUsers;
import static io.tidegate.loadtest.arrival.closed.ClosedSteps.rampConcurrentUsers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClosedProfileTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @Test
  void startsAConstantNumberAtOnce() {
    ClosedProfile profile = profile(constantConcurrentUsers(3).during(10));
    assertThat(rises(profile)).containsExactly(0L, 0L, 0L);
    assertThat(profile.targetAt(9 * SECOND)).isEqualTo(3);
    assertThat(profile.targetAt(10 * SECOND)).isZero();
  }

  @Test
  void raisesTheTargetOneByOneOverARamp() {
    ClosedProfile profile =
        profile(rampConcurrentUsers(0).to(5).during(10), constantConcurrentUsers(5).during(5));
    assertThat(rises(profile))
        .containsExactly(2 * SECOND, 4 * SECOND, 6 * SECOND, 8 * SECOND, 10 * SECOND);
    for (long rise : rises(profile)) {
      assertThat(profile.targetAt(rise)).isEqualTo(profile.targetAt(rise - 1) + 1);
    }
  }

  @Test
  void raisesNothingWhileTheTargetFalls() {
    ClosedProfile profile =
        profile(rampConcurrentUsers(4).to(1).during(10), constantConcurrentUsers(3).during(5));
    assertThat(rises(profile)).containsExactly(0L, 0L, 0L, 0L, 10 * SECOND, 10 * SECOND);
    assertThat(profile.targetAt(5 * SECOND)).isEqualTo(2);
  }

  @Test
  void climbsInLevels() {
    List<ClosedStep> steps =
        incrementConcurrentUsers(5)
            .times(3)
            .eachLevelLasting(Duration.ofSeconds(10))
            .separatedByRampsLasting(Duration.ofSeconds(2))
            .startingFrom(10)
            .steps();
    ClosedProfile profile = new ClosedProfile(steps);
    assertThat(profile.durationNanos()).isEqualTo(34 * SECOND);
    assertThat(rises(profile)).hasSize(20);
    assertThat(profile.targetAt(5 * SECOND)).isEqualTo(10);
    assertThat(profile.targetAt(15 * SECOND)).isEqualTo(15);
    assertThat(profile.targetAt(30 * SECOND)).isEqualTo(20);
  }

  @Test
  void refusesLessThanNobody() {
    assertThatThrownBy(() -> constantConcurrentUsers(-1).during(1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> profile()).isInstanceOf(IllegalArgumentException.class);
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static ClosedProfile profile(List<ClosedStep>... steps) {
    return new ClosedProfile(Stream.of(steps).flatMap(List::stream).toList());
  }

  private static List<Long> rises(ClosedProfile profile) {
    List<Long> rises = new ArrayList<>();
    profile.riseTimes().forEachRemaining((long nanos) -> rises.add(nanos));
    return rises;
  }
}
