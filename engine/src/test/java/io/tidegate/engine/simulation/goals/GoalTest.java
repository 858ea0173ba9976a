package io.tidegate.engine.simulation.goals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** A goal is met or missed by the mean of its figures, and its row says which. */
class GoalTest {
  @Test
  void isMetAtItsBoundAndMissedBeyond() {
    assertThat(atLeast(.95, .94, .96).met()).isTrue();
    assertThat(atLeast(.95, .94, .95).met()).isFalse();
    assertThat(atMost(1.5, 1.4, 1.6).met()).isTrue();
    assertThat(atMost(1.5, 1.4, 1.7).met()).isFalse();
  }

  @Test
  void isNotMetByAFigureThatIsNone() {
    assertThat(atLeast(.95, Double.NaN, 1).met()).isFalse();
    assertThat(atMost(1.5, Double.NaN, 1).met()).isFalse();
  }

  @Test
  void showsFigureSpreadAndBound() {
    assertThat(atLeast(.95, .9, .98, .96).row())
        .contains("goodput", "U1 fixed", ">=  0.9500", "0.94667", "(0.90000 to 0.98000)", "MISSED");
    assertThat(atMost(2, 1).row()).contains("<=").endsWith("met");
  }

  @Test
  void isMeasuredAtLeastOnce() {
    assertThatIllegalArgumentException().isThrownBy(() -> atLeast(1));
  }

  private static Goal atLeast(double bound, double... figures) {
    return new Goal("goodput", "U1 fixed", true, bound, DoubleStream.of(figures).boxed().toList());
  }

  private static Goal atMost(double bound, double... figures) {
    return new Goal(
        "first token", "U1 fixed", false, bound, DoubleStream.of(figures).boxed().toList());
  }
}
