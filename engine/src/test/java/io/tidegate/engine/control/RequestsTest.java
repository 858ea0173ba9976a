package io.tidegate.engine.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.RefusalReason;
import org.junit.jupiter.api.Test;

/** Which refusals mean want of room, and which outcomes are an upstream's failure. */
class RequestsTest {
  @Test
  void neitherQuotasNorEarlyComersMeanWantOfRoom() {
    assertThat(Requests.FOR_ROOM)
        .doesNotContain(
            RefusalReason.CAME_EARLY,
            RefusalReason.OVER_RATE,
            RefusalReason.FEATURE_FULL,
            RefusalReason.TIER_FULL,
            RefusalReason.DRAINING,
            RefusalReason.BAD_REQUEST);
  }

  @Test
  void whatClientsAndTheGateDoIsNoFailureOfAnUpstream() {
    assertThat(Requests.FAILURES)
        .doesNotContain(
            Outcome.SERVED, Outcome.CLIENT_GONE, Outcome.BAD_REQUEST, Outcome.CUT, Outcome.FAILED);
  }
}
