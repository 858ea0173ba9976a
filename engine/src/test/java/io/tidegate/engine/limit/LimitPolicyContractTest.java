package io.tidegate.engine.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.limit.signs.Sample;
import io.tidegate.engine.telemetry.stream.StreamInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for every limit policy, whatever it is told.
 *
 * <p>Shown red by hand: {@code AdaptiveLimit.apply} without its clamp (bounds), {@code steer}
 * without the test of {@code none()} (silence), {@code step} that does not ask whether the upstream
 * fails (failing).
 */
class LimitPolicyContractTest {
  private static final int MIN = 8;
  private static final int MAX = 4_000;
  private static final LimitSettings.Adaptive SEARCHED =
      new LimitSettings.Adaptive(OptionalInt.of(100), MIN, MAX, Objective.defaults());

  static Stream<Named<Supplier<LimitPolicy>>> policies() {
    return Stream.of(
        of("fixed", new LimitSettings.Fixed(100)),
        of("adaptive", SEARCHED),
        of("shadow of a fixed limit", new LimitSettings.Shadow(OptionalInt.of(100), SEARCHED)),
        of("shadow of no limit", new LimitSettings.Shadow(OptionalInt.empty(), SEARCHED)));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void keepsWithinItsBoundsWhateverItIsTold(Supplier<LimitPolicy> policies) {
    long seed = Long.getLong("seed", System.nanoTime());
    LimitPolicy policy = policies.get();
    long nowNanos = 0;
    for (Sample sample : anything(new Random(seed), 2_000)) {
      nowNanos += sample.streams().nanos();
      LimitStep step = policy.step(sample, nowNanos);

      assertThat(step.seats()).as("seed %d", seed).isEqualTo(policy.seats());
      within(step.seats(), seed);
      within(step.computedSeats(), seed);
      assertThat(step.reason()).as("seed %d", seed).isNotBlank();
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void computesTheSameFromTheSame(Supplier<LimitPolicy> policies) {
    long seed = Long.getLong("seed", System.nanoTime());
    LimitPolicy one = policies.get();
    LimitPolicy other = policies.get();
    long nowNanos = 0;
    for (Sample sample : anything(new Random(seed), 500)) {
      nowNanos += sample.streams().nanos();
      // The clock's zero is anywhere.
      LimitStep shifted = other.step(sample, nowNanos + Long.MAX_VALUE / 2);
      assertThat(one.step(sample, nowNanos)).as("seed %d", seed).isEqualTo(shifted);
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void doesNotMoveWithoutEvidence(Supplier<LimitPolicy> policies) {
    LimitPolicy policy = policies.get();
    policy.step(Windows.of(100).sample(), 0);
    OptionalInt before = policy.step(Windows.of(100).sample(), Windows.nanos(1)).seats();

    for (int second = 2; second < 100; second++) {
      Sample silent = Windows.of(MAX).firstTokens(0, 0).tokens(0).refusing().sample();
      policy.step(silent, Windows.nanos(second));
    }

    assertThat(policy.seats()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("policies")
  void doesNotMoveWhileTheUpstreamFails(Supplier<LimitPolicy> policies) {
    LimitPolicy policy = policies.get();
    policy.step(Windows.of(10).sample(), 0);
    OptionalInt before = policy.step(Windows.of(10).sample(), Windows.nanos(1)).seats();

    for (int second = 2; second < 100; second++) {
      Sample failing = Windows.of(100).firstTokens(10, 5).tokens(.2).failing(41).sample();
      policy.step(failing, Windows.nanos(second));
    }

    assertThat(policy.seats()).isEqualTo(before);
  }

  private static void within(OptionalInt seats, long seed) {
    seats.ifPresent(each -> assertThat(each).as("seed %d", seed).isBetween(MIN, MAX));
  }

  private static Named<Supplier<LimitPolicy>> of(String name, LimitSettings settings) {
    return Named.of(name, () -> LimitPolicy.of(settings, Optional.empty(), 0));
  }

  /** Samples that make sense, and some that do not. */
  private static List<Sample> anything(Random random, int many) {
    List<Sample> samples = new ArrayList<>();
    samples.add(new Sample(new StreamInterval(0, List.of(), 0, 0, 0, 0, 0), 0, false, 0, 0));
    for (int i = 0; i < many; i++) {
      Windows window =
          Windows.of(random.nextInt(random.nextBoolean() ? MAX : 2 * MIN))
              .seconds(random.nextInt(50) == 0 ? 0 : 1 + random.nextInt(5))
              .firstTokens(random.nextInt(60), Math.exp(4 * random.nextGaussian() - 1))
              .tokens(random.nextInt(10) == 0 ? 0 : Math.exp(2 * random.nextGaussian() - 3.5))
              .failing(random.nextInt(45));
      window = window.awaiting(random.nextInt(1 + (int) window.inflightSeats()), random.nextInt(9));
      samples.add((random.nextBoolean() ? window : window.refusing()).sample());
    }
    return samples;
  }
}
