package io.tidegate.loadtest.record;

import static io.tidegate.loadtest.record.Samples.MILLI;
import static io.tidegate.loadtest.record.Samples.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.loadtest.record.result.InversionWindow;
import java.util.List;
import org.junit.jupiter.api.Test;

class InversionWatchTest {

  private final InversionWatch watch =
      new InversionWatch(InversionWatch.classesOf(List.of("plus", "free", "new")));

  @Test
  void ordersClassesAsAGateDoes() {
    assertThat(InversionWatch.classesOf(List.of("plus", "free", "new")))
        .containsExactly(
            "plus-continuing",
            "plus-opening",
            "free-continuing",
            "new-continuing",
            "free-opening",
            "new-opening");
  }

  @Test
  void seesAWorseClassAdmittedJustAfterABetterOneWasRefused() {
    watch.refused("plus-opening", 3 * SECOND, 3 * SECOND + MILLI);
    watch.admitted("new-opening", 3 * SECOND + 2 * MILLI, 3 * SECOND + 9 * MILLI);
    watch.admitted("free-opening", 3 * SECOND + 3 * MILLI, 3 * SECOND + 9 * MILLI);
    assertThat(watch.windows())
        .containsExactly(new InversionWindow(3, "plus-opening", "new-opening", 2));
  }

  @Test
  void acquitsABetterOrEqualClass() {
    watch.refused("free-continuing", 0, MILLI);
    watch.admitted("free-continuing", 2 * MILLI, 3 * MILLI);
    watch.admitted("plus-opening", 2 * MILLI, 3 * MILLI);
    assertThat(watch.windows()).isEmpty();
  }

  @Test
  void acquitsWhatMayHaveBeenDecidedBeforeTheRefusal() {
    watch.refused("plus-opening", 0, 10 * MILLI);
    watch.admitted("new-opening", 5 * MILLI, 20 * MILLI);
    assertThat(watch.windows()).isEmpty();
  }

  @Test
  void acquitsWhatMayHaveBeenDecidedASecondLater() {
    watch.refused("plus-opening", 0, 10 * MILLI);
    watch.admitted("new-opening", 900 * MILLI, SECOND + 1);
    assertThat(watch.windows()).isEmpty();
  }

  @Test
  void countsTheSecondsThatSawOne() {
    for (int second = 0; second < 5; second++) {
      watch.refused("plus-opening", second * SECOND, second * SECOND + MILLI);
      watch.admitted("new-opening", second * SECOND + 2 * MILLI, second * SECOND + 3 * MILLI);
    }
    assertThat(watch.windows()).hasSize(5);
  }

  @Test
  void remembersARefusalThroughAFloodOfOthers() {
    for (int i = 0; i < 900; i++) {
      watch.refused("free-opening", i * MILLI, i * MILLI + 1);
    }
    watch.admitted("new-opening", 901 * MILLI, 1899 * MILLI);
    assertThat(watch.windows()).hasSize(1);
  }
}
