package io.tidegate.engine.limit.signs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The small parts by which signs are read. */
class SignPartsTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @Test
  void aWindowClosesWithFiveFirstTokensOrAfterFiveSeconds() {
    SampleWindow window = new SampleWindow(0);

    assertThat(window.closes(4, 0, SECOND)).isFalse();
    assertThat(window.closes(5, 0, 2 * SECOND)).isTrue();
    assertThat(window.closes(0, 0, 6 * SECOND)).isFalse();
    assertThat(window.closes(0, 0, 7 * SECOND)).isTrue();
  }

  @Test
  void aPaceIsSmallBelowFifteenAndLargeAboveTwenty() {
    Pace pace = new Pace();
    pace.note(16, 1);
    assertThat(pace.small()).isFalse();
    for (int second = 0; second < 300; second++) {
      pace.note(14, 1);
    }
    assertThat(pace.small()).isTrue();
    for (int second = 0; second < 300; second++) {
      pace.note(19, 1);
    }
    assertThat(pace.small()).isTrue();
    for (int second = 0; second < 300; second++) {
      pace.note(25, 1);
    }
    assertThat(pace.small()).isFalse();
  }

  @Test
  void theMedianWeighsEachValueByHowOftenItWasSeen() {
    List<Weighted> values = List.of(new Weighted(9, 1), new Weighted(1, 3), new Weighted(2, 1));

    assertThat(Weighted.median(values, 5)).hasValue(1);
    assertThat(Weighted.median(values, 6)).isEmpty();
    assertThat(Weighted.median(List.of(), 0)).isEmpty();
  }
}
