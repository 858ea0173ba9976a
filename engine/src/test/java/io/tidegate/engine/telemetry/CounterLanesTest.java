package io.tidegate.engine.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No count is lost, whichever thread makes it.
 *
 * <p>Shown red by hand: lane 0 as an exclusive one (the crowd loses counts); {@code
 * CounterLanes.claim} that does not ask whether an owner has ended (the last test sees the shared
 * lane).
 */
class CounterLanesTest {
  private static final int EACH = 20_000;

  @TempDir Path folder;

  @Test
  void countsExactlyWithMoreThreadsThanLanes() throws Exception {
    TierTable tiers = TierTable.defaults();
    Counters counters = Counters.create(folder.resolve("counters"), tiers, 0);
    Tier best = tiers.best();
    int crowd = CounterLanes.LANES + 16;
    CountDownLatch allHaveTheirLane = new CountDownLatch(crowd);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < crowd; i++) {
      threads.add(
          new Thread(
              () -> {
                counters.offered(best);
                allHaveTheirLane.countDown();
                awaitUninterrupted(allHaveTheirLane);
                for (int n = 1; n < EACH; n++) {
                  counters.offered(best);
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }

    HistogramSnapshot none = new HistogramSnapshot(List.of(), 0, 0);
    assertThat(counters.snapshotOf(best, none).offered()).isEqualTo((long) crowd * EACH);
  }

  @Test
  void givesAThreadTheSameLaneAlwaysAndNoTwoLiveThreadsOne() throws Exception {
    CounterLanes lanes = lanes();
    CounterLane mine = lanes.mine();
    CounterLane[] theirs = new CounterLane[1];
    Thread other = new Thread(() -> theirs[0] = lanes.mine());
    other.start();
    other.join();

    assertThat(lanes.mine()).isSameAs(mine).isNotSameAs(theirs[0]);
  }

  @Test
  void handsTheLanesOfEndedThreadsOnWithWhatTheyHold() throws Exception {
    CounterLanes lanes = lanes();
    CounterLane mine = lanes.mine();
    Set<CounterLane> seen = new HashSet<>();
    for (int i = 0; i < 3 * CounterLanes.LANES; i++) {
      Thread brief =
          new Thread(
              () -> {
                seen.add(lanes.mine());
                lanes.mine().add(0, 1);
              });
      brief.start();
      brief.join();
    }

    assertThat(seen).hasSize(1).doesNotContain(mine);
    assertThat(lanes.sum(0)).isEqualTo(3L * CounterLanes.LANES);
  }

  private CounterLanes lanes() throws Exception {
    return new CounterLanes(
        CountersFile.create(
            folder.resolve("lanes"),
            List.of(new CountersFile.Label(1, "one")),
            CounterLanes.LANES,
            0));
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
