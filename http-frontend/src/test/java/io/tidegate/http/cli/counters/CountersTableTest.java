package io.tidegate.http.cli.counters;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.telemetry.counter.Counters;
import io.tidegate.engine.telemetry.counter.CountersView;
import io.tidegate.engine.tier.TierTable;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees of the counters. */
class CountersTableTest {
  private static final long SECOND = 1_000_000_000L;

  private final TierTable tiers = TierTable.defaults();

  @TempDir Path folder;

  private Counters counters;
  private CountersView view;

  @BeforeEach
  void countInAFile() throws Exception {
    Path file = folder.resolve("counters.dat");
    counters = Counters.create(file, tiers, 1_700_000_000_000L);
    view = CountersView.open(file);
  }

  @Test
  void printsEveryCounterOnceAndWhoseTheyAre() {
    counters.offered(tiers.best(), 1);
    assertThat(CountersTable.whole(view))
        .startsWith(
            "process "
                + ProcessHandle.current().pid()
                + ", running, counts since 2023-11-14T22:13:20Z")
        .contains("1  tidegate_offered_total{tier=\"plus\"}")
        .contains("0  tidegate_offered_total{tier=\"free\"}");
  }

  @Test
  void showsLiveWhatIsInUseAndHowFastItRises() {
    CountersTable table = new CountersTable();
    counters.offered(tiers.best(), 1);
    assertThat(table.next(view, 5 * SECOND))
        .containsPattern("1 {14}tidegate_offered_total\\{tier=\"plus\"}")
        .doesNotContain("tier=\"free\"");

    counters.offered(tiers.best(), 1);
    counters.offered(tiers.best(), 1);
    counters.offered(tiers.best(), 1);
    assertThat(table.next(view, 7 * SECOND))
        .containsPattern("4 +\\+1\\.5 {2}tidegate_offered_total\\{tier=\"plus\"}");
  }
}
