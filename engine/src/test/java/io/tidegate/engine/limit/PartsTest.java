package io.tidegate.engine.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.limit.signs.Sample;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The small parts that the adaptive limit is made of. */
class PartsTest {
  private static final long SECOND = Windows.nanos(1);

  @Test
  void theHighestOfTenMinutesIsForgottenAfterwards() {
    HighestLately highest = new HighestLately();
    highest.note(100, -SECOND);
    highest.note(50, 300 * SECOND);

    assertThat(highest.highest(560 * SECOND)).isEqualTo(100);
    assertThat(highest.highest(600 * SECOND)).isEqualTo(50);
    assertThat(highest.highest(10_000 * SECOND)).isZero();
  }

  @Test
  void theFixedAndTheShownLimitStandSideBySide() {
    LimitSettings.Adaptive computed =
        new LimitSettings.Adaptive(OptionalInt.of(20), 8, 80, Objective.defaults());
    LimitPolicy shadow =
        LimitPolicy.of(new LimitSettings.Shadow(OptionalInt.of(50), computed), Optional.empty(), 0);

    LimitStep step = shadow.step(Windows.of(20).sample(), SECOND);

    assertThat(step.seats()).hasValue(50);
    assertThat(step.computedSeats()).hasValue(40);
  }

  @Test
  void aStateThatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> new LimitState(Double.NaN, 0, Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Sample(Windows.of(1).sample().streams(), -1, false, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
