package io.tidegate.engine.telemetry.counter;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.telemetry.HistogramSnapshot;
import io.tidegate.engine.telemetry.TierTimes;
import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No count is lost, whichever thread makes it.
 *
 * <p>Shown red by hand: lane 0 as an exclusive one (counts are lost); {@code CounterLanes.claim}
 * that does not ask whether an owner has ended, and one that does not ask for an owner at all.
 */
class CounterLanesTest {
  private static final int EACH = 1_000_000;
  private static final int SHARING = 4;

  @TempDir Path folder;

  @Test
  void countsExactlyInTheSharedLaneWhenAllOthersAreTaken() throws Exception {
    TierTable tiers = TierTable.defaults();
    Counters counters = Counters.create(folder.resolve("counters"), tiers, 0);
    Tier best = tiers.best();
    CountDownLatch lanesTaken = new CountDownLatch(CounterLanes.LANES - 1);
    CountDownLatch over = new CountDownLatch(1);
    List<Thread> owners = new ArrayList<>();
    for (int i = 0; i < CounterLanes.LANES - 1; i++) {
      owners.add(
          new Thread(
              () -> {
                counters.offered(best, 1);
                lanesTaken.countDown();
                awaitUninterrupted(over);
              }));
    }
    owners.forEach(Thread::start);
    lanesTaken.await();
    List<Thread> sharing = new ArrayList<>();
    for (int i = 0; i < SHARING; i++) {
      sharing.add(
          new Thread(
              () -> {
                for (int n = 0; n < EACH; n++) {
                  counters.offered(best, 1);
                }
              }));
    }
    sharing.forEach(Thread::start);
    for (Thread thread : sharing) {
      thread.join();
    }
    over.countDown();
    for (Thread thread : owners) {
      thread.join();
    }

    HistogramSnapshot none = new HistogramSnapshot(List.of(), 0, 0);
    assertThat(counters.snapshotOf(best, 0, new TierTimes(none, none, none, Map.of())).offered())
        .isEqualTo(owners.size() + (long) SHARING * EACH);
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
    List<Long> found = new ArrayList<>();
    for (int i = 0; i < 3 * CounterLanes.LANES; i++) {
      Thread brief =
          new Thread(
              () -> {
                found.add(lanes.mine().get(0));
                lanes.mine().add(0, 1);
              });
      brief.start();
      brief.join();
    }

    assertThat(found)
        .containsExactlyElementsOf(LongStream.range(0, 3 * CounterLanes.LANES).boxed().toList());
    assertThat(mine.get(0)).isZero();
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
