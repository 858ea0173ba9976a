package io.tidegate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidegate.engine.tier.TierTable;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What an engine can be started with. */
class EngineSettingsTest {
  private static final EngineSettings DEFAULTS = EngineSettings.defaults(Path.of("counters"));

  @Test
  void enforcesNothingByDefault() {
    assertThat(DEFAULTS.limitSeats()).isEmpty();
    assertThat(DEFAULTS.reserveSeats()).isZero();
    assertThat(DEFAULTS.tiers().best().name()).isEqualTo("plus");
  }

  @Test
  void keepsAtMostThreeTenthsOfTheLimitInReserve() {
    assertThat(DEFAULTS.withLimit(10, 2).reserveSeats()).isEqualTo(2);
    assertThat(DEFAULTS.withLimit(10, 9).reserveSeats()).isEqualTo(3);
    assertThat(DEFAULTS.withLimit(3, 9).reserveSeats()).isZero();
    assertThat(DEFAULTS.withLimit(2_000_000_000, Integer.MAX_VALUE).reserveSeats())
        .isEqualTo(600_000_000);
  }

  @Test
  void keepsNothingInReserveForASingleTierOrWithoutLimit() {
    TierTable single = TierTable.of(List.of("all"), List.of("all"));
    Path file = Path.of("counters");

    assertThat(new EngineSettings(single, OptionalInt.of(10), 3, file).reserveSeats()).isZero();
    assertThat(
            new EngineSettings(TierTable.defaults(), OptionalInt.empty(), 3, file).reserveSeats())
        .isZero();
  }

  @Test
  void refusesALimitBelowOneSeatAndANegativeReserve() {
    assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withLimit(0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withLimit(1, -1));
  }
}
