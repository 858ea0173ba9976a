package io.tidegate.engine.telemetry.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counters are read from their file without the help of who writes them. */
class CountersViewTest {
  private final TierTable tiers = TierTable.defaults();
  private final Tier best = tiers.best();

  @TempDir Path folder;

  @Test
  void showsWhatWasCountedOverAllLanesUnderTheNamesOfTheMetricsPage() throws Exception {
    Path file = folder.resolve("counters.dat");
    Counters counters = Counters.create(file, tiers, 1_700_000_000_000L);
    CountersView view = CountersView.open(file);
    counters.offered(best, 2);
    Thread other =
        new Thread(
            () -> {
              counters.offered(best, 1);
              counters.admitted(best, 2);
              counters.refused(best, RefusalReason.NO_ROOM);
              counters.completed(best, Outcome.SERVED, 2, 3_000_000);
            });
    other.start();
    other.join();
    counters.ceiling(40, 12);

    assertThat(valuesOf(view))
        .containsEntry("tidegate_offered_total{tier=\"plus\"}", 2L)
        .containsEntry("tidegate_offered_seats_total{tier=\"plus\"}", 3L)
        .containsEntry("tidegate_refused_total{tier=\"plus\",reason=\"no-room\"}", 1L)
        .containsEntry("tidegate_completed_total{tier=\"plus\",outcome=\"served\"}", 1L)
        .containsEntry("tidegate_inflight_seats{tier=\"plus\"}", 0L)
        .containsEntry("tidegate_limit_seats", 40L)
        .containsEntry("tidegate_reserve_seats", 12L)
        .containsEntry("tidegate_offered_total{tier=\"free\"}", 0L);
    assertThat(view.startEpochMillis()).isEqualTo(1_700_000_000_000L);
    assertThat(view.processId()).isEqualTo(ProcessHandle.current().pid());
  }

  @Test
  void refusesWhatIsNoWholeCountersFile() throws Exception {
    Path file = folder.resolve("counters.dat");
    assertThatThrownBy(() -> CountersView.open(file)).isInstanceOf(IOException.class);

    Files.write(file, new byte[10]);
    assertThatThrownBy(() -> CountersView.open(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it has 10 bytes");

    Files.write(file, new byte[4096]);
    assertThatThrownBy(() -> CountersView.open(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no counters file of this version");

    Counters.create(file, tiers, 0);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> CountersView.open(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("shorter than its header says");
  }

  private static Map<String, Long> valuesOf(CountersView view) {
    return view.read().stream()
        .collect(Collectors.toMap(CountersView.Value::label, CountersView.Value::value));
  }
}
