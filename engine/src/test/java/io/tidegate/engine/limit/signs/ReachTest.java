package io.tidegate.engine.limit.signs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidegate.engine.limit.Windows;
import io.tidegate.engine.telemetry.stream.StreamInterval;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An objective that the model cannot keep is found out by lowering the limit, and only so. */
class ReachTest {
  private static final double ASKED = .04;

  private final Reach reach = new Reach(ASKED, 8);
  private long nowNanos;

  @Test
  void findsOutAModelThatIsTooSlowForALoneStream() {
    show(300, .05 + 300 * .0001);
    show(250, .05 + 250 * .0001);
    assertThat(reach.unattainable()).isFalse();

    show(200, .05 + 200 * .0001);

    assertThat(reach.unattainable()).isTrue();
    assertThat(reach.objectiveSeconds()).isCloseTo(1.5 * .05, within(1e-6));
  }

  @Test
  void leavesAnOverloadedModelToTheLimit() {
    show(600, .02 + 600 * .0001);
    show(400, .02 + 400 * .0001);
    show(100, .02 + 100 * .0001);

    assertThat(reach.unattainable()).isFalse();
    assertThat(reach.objectiveSeconds()).isEqualTo(ASKED);
  }

  @Test
  void forgetsTheWayDownOnceTheObjectiveIsMet() {
    show(300, .08);
    show(100, .039);

    show(200, .075);

    assertThat(reach.unattainable()).isFalse();
  }

  @Test
  void takesTheTimeAtTheLeastLimitForALoneStreams() {
    show(8, .06, 8);

    assertThat(reach.objectiveSeconds()).isCloseTo(.09, within(1e-6));
  }

  @Test
  void doesNotJudgeTheLeastLimitBeforeItIsReached() {
    show(200, .06, 8);

    assertThat(reach.unattainable()).isFalse();
  }

  @Test
  void asksForTheObjectiveAgainAfterTenMinutes() {
    show(8, .06, 8);
    nowNanos += Windows.nanos(598);
    show(8, .06);
    assertThat(reach.unattainable()).isTrue();

    show(100, .05);

    assertThat(reach.unattainable()).isFalse();
  }

  @Test
  void asksForTheObjectiveAgainWhenTheModelHasBecomeFaster() {
    show(8, .06, 8);
    for (int second = 0; second < 130; second++) {
      int streams = 50 + second % 50;
      show(streams, .02 + streams * .0002);
    }

    assertThat(reach.unattainable()).isFalse();
  }

  private void show(double streams, double tokenSeconds) {
    show(streams, tokenSeconds, 300);
  }

  private void show(double streams, double tokenSeconds, double limit) {
    nowNanos += Windows.nanos(1);
    // So many tokens that rounding to whole ones does not show.
    long streamNanos = Windows.nanos(streams * 1e3);
    long tokens = Math.round(streams * 1e3 / tokenSeconds);
    StreamInterval interval =
        new StreamInterval(Windows.nanos(1e3), List.of(), streamNanos, tokens, 0, 0, 0);
    reach.note(interval, limit, nowNanos);
  }
}
