package io.tidegate.engine.simulation.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Shares are fair when nobody could be given more without taking it from one who has less. */
class FairnessTest {
  @Test
  void givesEverybodyWhatTheyAskWhereItSuffices() {
    assertThat(Fairness.level(new long[] {1, 2, 3}, 6)).isEqualTo(3);
    assertThat(Fairness.jain(new long[] {1, 2, 3}, new long[] {1, 2, 3})).isEqualTo(1);
  }

  @Test
  void sharesTheRestAmongThoseWhoAskForMore() {
    assertThat(Fairness.level(new long[] {1, 10, 10}, 9)).isEqualTo(4);
    assertThat(Fairness.jain(new long[] {1, 10, 10}, new long[] {1, 4, 4}))
        .isEqualTo(1, within(1e-9));
  }

  @Test
  void fallsWhenOneTakesTheShareOfAnother() {
    assertThat(Fairness.jain(new long[] {10, 10}, new long[] {8, 0})).isEqualTo(.5, within(1e-9));
  }

  @Test
  void leavesOutWhoeverAskedForNothing() {
    assertThat(Fairness.jain(new long[] {0, 5, 5}, new long[] {0, 2, 2}))
        .isEqualTo(1, within(1e-9));
  }
}
