package io.tidegate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidegate.engine.limit.LimitSettings;
import io.tidegate.engine.quota.QuotaSettings;
import io.tidegate.engine.tier.TierTable;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an engine can be started with. */
class EngineSettingsTest {
  private static final EngineSettings DEFAULTS = EngineSettings.of(TierTable.defaults());

  @Test
  void enforcesNothingByDefault() {
    assertThat(DEFAULTS.limit())
        .isInstanceOfSatisfying(
            LimitSettings.Shadow.class, shadow -> assertThat(shadow.enforcedSeats()).isEmpty());
    assertThat(DEFAULTS.tiers().best().name()).isEqualTo("plus");
  }

  @Test
  void refusesALimitBelowOneSeatAndANegativeReserve() {
    assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withLimit(0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withLimit(1, -1));
  }

  @Test
  void refusesQuotasOfAnotherTable() {
    TierTable single = TierTable.of(List.of("all"), List.of("all"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> DEFAULTS.withQuotas(QuotaSettings.unlimited(single)));
  }
}
