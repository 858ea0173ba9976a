package io.tidegate.engine.limit.signs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidegate.engine.limit.Windows;
import io.tidegate.engine.telemetry.stream.FirstToken;
import io.tidegate.engine.telemetry.stream.PromptBucket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is taken for an ordinary first token. */
class FirstTokenBaseTest {
  private final FirstTokenBase base = new FirstTokenBase(Map.of());

  @Test
  void beginsWithWhatTheFirstThreeShow() {
    base.learn(List.of(first(.2, 1), first(.9, 1)), false, 1);
    assertThat(base.seconds()).isEmpty();
    assertThat(base.excessSeconds(List.of(first(.9, 40)))).isEmpty();

    base.learn(List.of(first(.3, 1)), false, 1);
    assertThat(base.seconds()).isEqualTo(Map.of(PromptBucket.UP_TO_2K, .3));
  }

  @Test
  void comparesEachPromptWithItsOwnKind() {
    base.learn(List.of(first(.3, 3), longer(2, 3)), false, 1);

    assertThat(base.excessSeconds(List.of(first(.4, 2), longer(2.3, 3))).getAsDouble())
        .isCloseTo(.3, within(1e-9));
    assertThat(base.longestSeconds()).hasValue(2);
  }

  @Test
  void followsDownwardsAtAnyTime() {
    base.learn(List.of(first(1, 3)), false, 1);

    base.learn(List.of(first(.5, 3)), false, 1);

    assertThat(seconds()).isCloseTo(.95, within(1e-9));
  }

  @Test
  void followsUpwardsOnlyFarBelowWhatWasCarried() {
    base.learn(List.of(first(.3, 3)), true, 1);

    base.learn(List.of(first(.5, 3)), false, 1);
    assertThat(seconds()).isEqualTo(.3);

    base.learn(List.of(first(.5, 3)), true, 1);
    assertThat(seconds()).isCloseTo(.3 + .2 * (1 - Math.exp(-.05)), within(1e-9));
  }

  @Test
  void followsUpwardsByATenthAtOnceAndASecondInAll() {
    base.learn(List.of(first(.3, 3)), true, 1);

    base.learn(List.of(first(50, 3)), true, 1);
    assertThat(seconds()).isCloseTo(.4, within(1e-9));
    for (int window = 0; window < 100; window++) {
      base.learn(List.of(first(50, 3)), true, 1);
    }
    assertThat(seconds()).isBetween(1.2, 1.3 + 1e-9);
  }

  @Test
  void learnsNothingFromTooFew() {
    base.learn(List.of(first(1, 3)), false, 1);

    base.learn(List.of(first(.1, 2)), false, 1);

    assertThat(seconds()).isEqualTo(1);
    assertThat(base.excessSeconds(List.of(first(.1, 2)))).isEmpty();
  }

  private double seconds() {
    return base.seconds().get(PromptBucket.UP_TO_2K);
  }

  private static FirstToken first(double seconds, long count) {
    return new FirstToken(PromptBucket.UP_TO_2K, Windows.nanos(seconds), count);
  }

  private static FirstToken longer(double seconds, long count) {
    return new FirstToken(PromptBucket.LONGER, Windows.nanos(seconds), count);
  }
}
