package io.tidegate.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.TierTable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Who was told to stay away is known again, and nobody else is.
 *
 * <p>Shown red by hand: a look that leaves out the tag, the class, the tolerance, or the longest
 * time.
 */
class EarlyComersTest {
  private static final TierTable TIERS = TierTable.defaults();
  private static final ServiceClass BEST = TIERS.classes().get(0);
  private static final ServiceClass MIDDLE = TIERS.classes().get(2);
  private static final ServiceClass WORST = TIERS.classes().get(TIERS.classes().size() - 1);

  private final EarlyComers comers = new EarlyComers();
  private long nowNanos = TimeUnit.SECONDS.toNanos(1_000);

  @Test
  void tellsWhatIsLeft() {
    comers.sendAway("ann", MIDDLE, nowNanos, 4_000);

    assertThat(early("ann", MIDDLE)).isEqualTo(4_000);
    pass(1_500);
    assertThat(early("ann", MIDDLE)).isEqualTo(2_500);
    pass(2_249);
    assertThat(early("ann", MIDDLE)).isEqualTo(EarlyComers.TOLERANCE_MILLIS + 1);
    pass(1);
    assertThat(early("ann", MIDDLE)).as("a little early").isZero();
    pass(10_000);
    assertThat(early("ann", MIDDLE)).isZero();
  }

  @Test
  void asksWorseClassesToStayAwayTooAndBetterOnesNot() {
    comers.sendAway("ann", MIDDLE, nowNanos, 4_000);

    assertThat(early("ann", WORST)).isEqualTo(4_000);
    assertThat(early("ann", BEST)).isZero();
  }

  @Test
  void knowsNobodyWhoWasNotSentAway() {
    int sent = 100_000;
    for (int each = 0; each < sent; each++) {
      comers.sendAway("sent-" + each, BEST, nowNanos, 4_000);
    }

    int mistaken = 0;
    int known = 0;
    for (int each = 0; each < sent; each++) {
      mistaken += early("stranger-" + each, WORST) > 0 ? 1 : 0;
      known += early("sent-" + each, WORST) > 0 ? 1 : 0;
    }
    assertThat(mistaken).isLessThan(5);
    // Every place is taken by the last who came there: 65,536 (1 - e^(-100,000 / 65,536)).
    assertThat(known).isBetween(48_000, 56_000);
  }

  @Test
  void keepsTheLastOfSeveral() {
    comers.sendAway("ann", BEST, nowNanos, 20_000);
    comers.sendAway("ann", WORST, nowNanos, 1_000);

    assertThat(early("ann", WORST)).isEqualTo(1_000);
    assertThat(early("ann", MIDDLE)).isZero();
  }

  @Test
  void countsOnWhenItsTimeWraps() {
    nowNanos = TimeUnit.MILLISECONDS.toNanos((1L << 32) - 500);
    comers.sendAway("ann", MIDDLE, nowNanos, 4_000);
    pass(1_000);
    assertThat(early("ann", MIDDLE)).isEqualTo(3_000);

    nowNanos = TimeUnit.MILLISECONDS.toNanos((1L << 31) - 500);
    comers.sendAway("eve", MIDDLE, nowNanos, 4_000);
    pass(1_000);
    assertThat(early("eve", MIDDLE)).isEqualTo(3_000);
  }

  @Test
  void keepsNobodyAwayForLongerThanAnybodyIsTold() {
    comers.sendAway("ann", MIDDLE, nowNanos, RetryAfter.MAX_MILLIS);
    assertThat(early("ann", MIDDLE)).isEqualTo(RetryAfter.MAX_MILLIS);

    pass(-1_000);
    assertThat(early("ann", MIDDLE)).as("a time from another turn of the clock").isZero();
  }

  private long early(String subscriber, ServiceClass asking) {
    return comers.earlyMillis(subscriber, asking, nowNanos);
  }

  private void pass(long millis) {
    nowNanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
