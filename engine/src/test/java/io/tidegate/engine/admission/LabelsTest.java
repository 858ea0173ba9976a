package io.tidegate.engine.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.TierTable;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The words other programs rely on. */
class LabelsTest {

  @Test
  void labelsOutcomesAndReasonsLikeTheirNamesInKebabCase() {
    assertThat(Arrays.stream(Outcome.values()).map(Outcome::label))
        .containsExactlyElementsOf(Arrays.stream(Outcome.values()).map(LabelsTest::kebab).toList());
    assertThat(Arrays.stream(RefusalReason.values()).map(RefusalReason::label))
        .containsExactly(
            "no-room",
            "queue-full",
            "queue-timeout",
            "came-early",
            "over-rate",
            "over-parallel",
            "over-sessions",
            "tier-full",
            "not-in-plan",
            "feature-full",
            "over-feature",
            "no-model",
            "no-upstream",
            "draining",
            "bad-request");
  }

  @Test
  void refusesARequestForLessThanASeat() {
    Subscriber ann = new Subscriber("ann", TierTable.defaults().best());

    assertThat(AdmissionRequest.of(ann).seats()).isEqualTo(1);
    assertThatIllegalArgumentException().isThrownBy(() -> AdmissionRequest.of(ann).withSeats(0));
  }

  private static String kebab(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
