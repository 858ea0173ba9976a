package io.tidegate.loadtest.backend.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CapacityModelTest {

  private static final long TOKEN_NANOS = TimeUnit.MILLISECONDS.toNanos(40);
  private static final long FIRST_TOKEN_NANOS = TimeUnit.MILLISECONDS.toNanos(150);
  private static final AnswerLengths ALIKE = new AnswerLengths(200, 0, 1000);

  private final CapacityModel compute =
      new CapacityModel(Kind.COMPUTE, 10, FIRST_TOKEN_NANOS, TOKEN_NANOS, 50, ALIKE);
  private final CapacityModel memory = compute.withKind(Kind.KV);

  @Test
  void costsTheSamePerTokenUpToTheSeats() {
    assertThat(compute.tokenNanos(1)).isEqualTo(TOKEN_NANOS);
    assertThat(compute.tokenNanos(10)).isEqualTo(TOKEN_NANOS);
  }

  @Test
  void costsInProportionToTheStreamsBeyondTheSeats() {
    assertThat(compute.tokenNanos(15)).isEqualTo(TOKEN_NANOS * 3 / 2);
    assertThat(compute.tokenNanos(40)).isEqualTo(TOKEN_NANOS * 4);
  }

  @Test
  void slowsDownLaterWhenMemoryIsScarce() {
    assertThat(memory.tokenNanos(15)).isEqualTo(TOKEN_NANOS);
    assertThat(memory.tokenNanos(30)).isEqualTo(TOKEN_NANOS * 2);
  }

  @Test
  void holdsTheSeatsInMemoryForTypicalTraffic() {
    assertThat(memory.memoryTokens()).isEqualTo(10 * (50 + 200));
    assertThat(compute.memoryTokens()).isGreaterThan(memory.memoryTokens());
  }

  @Test
  void holdsLessMemoryWithFewerSeats() {
    assertThat(memory.withSeats(5).memoryTokens()).isEqualTo(memory.memoryTokens() / 2);
  }

  @Test
  void refusesWhatDoesNotFitUnlessItIsAlone() {
    long whole = memory.memoryTokens();
    assertThat(memory.fits(whole - 100, 100)).isTrue();
    assertThat(memory.fits(whole - 100, 101)).isFalse();
    assertThat(memory.fits(0, whole + 1)).isTrue();
  }

  @Test
  void prefillsATypicalPromptInTheFirstTokenTime() {
    assertThat(compute.prefillNanos(50, 1)).isEqualTo(FIRST_TOKEN_NANOS);
  }

  @Test
  void prefillsLongerPromptsAndCrowdedBatchesMoreSlowly() {
    assertThat(compute.prefillNanos(550, 1)).isEqualTo(FIRST_TOKEN_NANOS * 2);
    assertThat(compute.prefillNanos(50, 20)).isEqualTo(FIRST_TOKEN_NANOS * 2);
  }

  @Test
  void rejectsNumbersOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> compute.withSeats(0))
        .withMessage("seats must be 1 to 1000000, was 0");
    assertThatIllegalArgumentException().isThrownBy(() -> compute.withTokenNanos(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> compute.withFirstTokenNanos(CapacityModel.MAX_NANOS + 1));
  }
}
