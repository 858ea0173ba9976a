package io.tidegate.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Shown red by hand: a rush that begins anew at each look, and one that never ends. */
class PatienceTest {
  private static final long USUAL = TimeUnit.SECONDS.toNanos(5);
  // About to wrap.
  private static final long BEGIN = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(2);

  @Test
  void shrinksWhenSomebodyHasWaitedForMoreThanFiveSecondsOnEnd() {
    Patience patience = new Patience(() -> USUAL, true);

    assertThat(patience.nanos(BEGIN, true)).isEqualTo(USUAL);
    assertThat(patience.nanos(BEGIN + Patience.BURST_NANOS / 2, true)).isEqualTo(USUAL);
    assertThat(patience.nanos(BEGIN + Patience.BURST_NANOS, true)).isEqualTo(USUAL);
    assertThat(patience.nanos(BEGIN + Patience.BURST_NANOS + 1, true))
        .isEqualTo(Patience.IN_A_RUSH_NANOS);
  }

  @Test
  void isWholeAgainAsSoonAsNobodyWaits() {
    Patience patience = new Patience(() -> USUAL, true);
    patience.nanos(BEGIN, true);
    long rush = BEGIN + 2 * Patience.BURST_NANOS;
    assertThat(patience.nanos(rush, true)).isEqualTo(Patience.IN_A_RUSH_NANOS);

    assertThat(patience.nanos(rush + 1, false)).isEqualTo(USUAL);
    assertThat(patience.nanos(rush + 2, true)).isEqualTo(USUAL);
    assertThat(patience.nanos(rush + 2 + Patience.BURST_NANOS, true)).isEqualTo(USUAL);
  }

  @Test
  void neverGrowsInARush() {
    long brief = TimeUnit.SECONDS.toNanos(1);
    Patience patience = new Patience(() -> brief, true);
    patience.nanos(BEGIN, true);

    assertThat(patience.nanos(BEGIN + 2 * Patience.BURST_NANOS, true)).isEqualTo(brief);
  }

  @Test
  void staysForClassesThatDoNotRush() {
    Patience patience = new Patience(() -> USUAL, false);
    patience.nanos(BEGIN, true);

    assertThat(patience.nanos(BEGIN + 2 * Patience.BURST_NANOS, true)).isEqualTo(USUAL);
  }
}
