package io.tidegate.loadtest.arrival.open;

import static io.tidegate.loadtest.arrival.open.OpenSteps.atOnceUsers;
import static io.tidegate.loadtest.arrival.open.OpenSteps.constantUsersPerSec;
import static io.tidegate.loadtest.arrival.open.OpenSteps.incrementUsersPerSec;
import static io.tidegate.loadtest.arrival.open.OpenSteps.nothingFor;
import static io.tidegate.loadtest.arrival.open.OpenSteps.rampUsers;
import static io.tidegate.loadtest.arrival.open.OpenSteps.rampUsersPerSec;
import static io.tidegate.loadtest.arrival.open.OpenSteps.stepUsersPerSec;
import static io.tidegate.loadtest.arrival.open.OpenSteps.stressPeakUsers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidegate.loadtest.arrival.Arrivals;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenStepsTest {

  private static final long SEED = Long.getLong("seed", 7);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @Test
  void sendsNobodyForAWhileAndThenAllAtOnce() {
    assertThat(times(nothingFor(Duration.ofSeconds(3)).andThen(atOnceUsers(4))))
        .containsExactly(3 * SECOND, 3 * SECOND, 3 * SECOND, 3 * SECOND);
  }

  @Test
  void spacesARampOfUsersEvenly() {
    assertThat(times(rampUsers(4).during(2)))
        .containsExactly(0, SECOND / 2, SECOND, 3 * SECOND / 2);
  }

  @Test
  void spacesAConstantRateEvenly() {
    long[] times = times(constantUsersPerSec(10).during(60));
    assertThat(times).hasSize(600);
    for (int i = 1; i < times.length; i++) {
      assertThat(times[i] - times[i - 1]).isCloseTo(SECOND / 10, within(2L));
    }
  }

  @Test
  void sendsEveryUserOfARateThatIsNoWholeNumber() {
    assertThat(times(constantUsersPerSec(0.1).during(60))).hasSize(6);
    assertThat(times(constantUsersPerSec(1 / 3.0).during(9))).hasSize(3);
  }

  @Test
  void rampsARateSoThatTheCountGrowsWithTheSquareOfTime() {
    long[] times = times(rampUsersPerSec(0).to(100).during(10));
    assertThat(times).hasSize(500);
    // Half of the time: a quarter of the users.
    assertThat(countBefore(times, 5 * SECOND)).isBetween(125L, 126L);
    assertThat(times(rampUsersPerSec(100).to(0).during(10))).hasSize(500);
  }

  @Test
  void climbsInLevelsWithRampsBetween() {
    Stairs stairs =
        incrementUsersPerSec(5)
            .times(3)
            .eachLevelLasting(Duration.ofSeconds(10))
            .separatedByRampsLasting(Duration.ofSeconds(4))
            .startingFrom(10);
    long[] times = times(stairs);
    assertThat(stairs.durationNanos()).isEqualTo(38 * SECOND);
    assertThat(countBefore(times, 10 * SECOND)).isEqualTo(100);
    assertThat(countBefore(times, 24 * SECOND)).isEqualTo(100 + 50 + 150);
    assertThat(times).hasSize(100 + 50 + 150 + 70 + 200);
  }

  @Test
  void jumpsAtAStepAndMarksIt() {
    Arrivals step = stepUsersPerSec(10).to(100).at(Duration.ofSeconds(5)).during(10);
    long[] times = times(step);
    assertThat(countBefore(times, 5 * SECOND)).isEqualTo(50);
    assertThat(times).hasSize(550);
    assertThat(step.marksNanos()).containsExactly(5 * SECOND);
    assertThat(nothingFor(Duration.ofSeconds(2)).andThen(step).marksNanos())
        .containsExactly(7 * SECOND);
  }

  @Test
  void putsAStressPeakAroundItsMiddle() {
    long[] times = times(stressPeakUsers(1000).during(20));
    assertThat(times).hasSize(1000).isSorted();
    assertThat(countBefore(times, 10 * SECOND)).isEqualTo(500);
    // Six deviations wide: 68 % lie within one of them to either side.
    double deviation = 20.0 / 6;
    long core =
        countBefore(times, (long) ((10 + deviation) * SECOND))
            - countBefore(times, (long) ((10 - deviation) * SECOND));
    assertThat(core).isBetween(675L, 695L);
    assertThat(times[0]).isBetween(0L, SECOND);
  }

  @Test
  void drawsPoissonGapsWhenRandomized() {
    long[] times = times(constantUsersPerSec(100).during(1000).randomized());
    assertThat((double) times.length).as("seed %d", SEED).isCloseTo(100_000, within(1500.0));
    assertThat(variation(times)).as("seed %d", SEED).isCloseTo(1, within(0.02));
    // Of exponential gaps, the share above the mean is 1/e.
    long longGaps = gaps(times).filter(gap -> gap > SECOND / 100).count();
    assertThat(longGaps / (double) times.length).isCloseTo(1 / Math.E, within(0.01));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 0.5, 4})
  void drawsGammaGapsOfTheShapeAskedFor(double shape) {
    long[] times = times(constantUsersPerSec(100).during(1000).burstiness(shape));
    assertThat((double) times.length).as("seed %d", SEED).isCloseTo(100_000, within(3000.0));
    assertThat(variation(times)).as("seed %d", SEED).isCloseTo(1 / Math.sqrt(shape), within(0.05));
  }

  @Test
  void followsARampWhenRandomized() {
    long[] times = times(rampUsersPerSec(0).to(200).during(100).randomized());
    assertThat((double) times.length).isCloseTo(10_000, within(500.0));
    assertThat((double) countBefore(times, 50 * SECOND)).isCloseTo(2_500, within(250.0));
    assertThat(times).isSorted();
  }

  @Test
  void givesTheSameTimesForTheSameSeedOnly() {
    Arrivals arrivals = constantUsersPerSec(10).during(100).randomized();
    assertThat(times(arrivals)).isEqualTo(times(arrivals));
    long[] others = drain(arrivals, SEED + 1);
    assertThat(others).isNotEqualTo(times(arrivals));
  }

  @Test
  void mergesPopulationsByTime() {
    Arrivals both = Arrivals.sideBySide(List.of(rampUsers(3).during(3), rampUsers(2).during(1)));
    assertThat(times(both)).containsExactly(0, 0, SECOND / 2, SECOND, 2 * SECOND);
    assertThat(both.durationNanos()).isEqualTo(3 * SECOND);
  }

  @Test
  void keepsEverythingBeforeTheEndOfItsStretch() {
    for (Arrivals arrivals :
        List.of(
            constantUsersPerSec(333).during(3),
            rampUsersPerSec(1).to(70).during(3).randomized(),
            stressPeakUsers(99).during(3))) {
      assertThat(times(arrivals)).isSorted();
      assertThat(LongStream.of(times(arrivals)).boxed()).allMatch(t -> t >= 0 && t < 3 * SECOND);
    }
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatThrownBy(() -> constantUsersPerSec(-1).during(1)).hasMessageContaining("rate");
    assertThatThrownBy(() -> constantUsersPerSec(Double.NaN).during(1))
        .hasMessageContaining("rate");
    assertThatThrownBy(() -> rampUsers(1).during(Duration.ZERO)).hasMessageContaining("duration");
    assertThatThrownBy(() -> atOnceUsers(-1)).hasMessageContaining("0 or more");
    assertThatThrownBy(() -> constantUsersPerSec(1).during(1).burstiness(0))
        .hasMessageContaining("burstiness");
    assertThatThrownBy(() -> stepUsersPerSec(1).to(2).at(Duration.ofSeconds(9)).during(9))
        .hasMessageContaining("before");
  }

  private static long[] times(Arrivals arrivals) {
    return drain(arrivals, SEED);
  }

  private static long[] drain(Arrivals arrivals, long seed) {
    LongStream.Builder times = LongStream.builder();
    arrivals.fireTimes(new SplittableRandom(seed)).forEachRemaining((long t) -> times.add(t));
    return times.build().toArray();
  }

  private static long countBefore(long[] times, long nanos) {
    return Arrays.stream(times).filter(time -> time < nanos).count();
  }

  private static LongStream gaps(long[] times) {
    return LongStream.range(1, times.length).map(i -> times[(int) i] - times[(int) i - 1]);
  }

  private static double variation(long[] times) {
    double mean = gaps(times).average().orElseThrow();
    double variance =
        gaps(times).mapToDouble(gap -> (gap - mean) * (gap - mean)).average().getAsDouble();
    return Math.sqrt(variance) / mean;
  }
}
