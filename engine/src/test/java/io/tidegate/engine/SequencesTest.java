package io.tidegate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The harness itself: it finds what is broken, and little else. */
class SequencesTest {

  @Test
  void reportsTheFewestStepsThatBreakTheRule() {
    assertThatThrownBy(
            () ->
                Sequences.of(1_000, 50)
                    .check(
                        random -> random.nextInt(10),
                        steps ->
                            assertThat(
                                    steps.indexOf(3) >= 0
                                        && steps.lastIndexOf(7) > steps.indexOf(3))
                                .isFalse()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("seed ")
        .hasMessageEndingWith("2 steps: [3, 7]");
  }

  @Test
  void isContentWithARuleThatHolds() {
    Sequences.of(100, 50)
        .check(random -> random.nextInt(10), steps -> assertThat(steps).doesNotContain(10));
  }
}
