package io.tidegate.loadtest.record;

import static io.tidegate.loadtest.record.Samples.MILLI;
import static io.tidegate.loadtest.record.Samples.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.loadtest.record.result.Ending;
import io.tidegate.loadtest.record.result.RunData;
import io.tidegate.loadtest.report.Report;
import io.tidegate.loadtest.report.ReportedRun;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run as long as one likes, recorded as fast as the machine can. A whole day at the rate of the
 * documents: {@code -Dsoak.seconds=86400 -Dsoak.perSecond=1000 -Dtest.jvm.args=-Xmx512m}.
 */
class LongRunTest {

  private static final List<String> TIERS = List.of("plus", "free", "new");
  private static final int LONG = Integer.getInteger("soak.seconds", 2_400);
  private static final int PER_SECOND = Integer.getInteger("soak.perSecond", 20);

  /** From then on seconds leave memory as fast as they come. */
  private static final int FILLED = 700;

  private static final long MEBI = 1 << 20;

  private final SplittableRandom random = new SplittableRandom(7);
  @TempDir Path dir;

  @Test
  void takesNoMoreMemoryHoweverLongItIs() throws IOException {
    RunDirectory directory = RunDirectory.create(dir, Samples.manifest());
    Recorder recorder = new Recorder(TIERS, directory);
    record(recorder, 0, FILLED);
    long early = heapBytes();
    record(recorder, FILLED, LONG);
    long late = heapBytes();
    System.out.printf(
        "heap after %d s: %d MiB, after %d s: %d MiB%n", FILLED, early / MEBI, LONG, late / MEBI);
    assertThat(late - early).isLessThan(16 * MEBI);
    RunData run =
        directory.finish(recorder.finish(Samples.manifest(), List.of(), Samples.healthy(), false));
    assertThat(run.totals().values().stream().mapToLong(tier -> tier.offered()).sum())
        .isEqualTo((long) LONG * PER_SECOND);
    assertThat(Report.write(dir, List.of(new ReportedRun(run, List.of())))).isNotEmptyFile();
  }

  private void record(Recorder recorder, long from, long to) {
    for (long second = from; second < to; second++) {
      for (int i = 0; i < PER_SECOND; i++) {
        long at = second * SECOND + i * SECOND / PER_SECOND;
        int tier = i % TIERS.size();
        recorder.fired(tier, random.nextInt(500), at, 0);
        if (tier > 0 && random.nextInt(10) == 0) {
          recorder.ended(Samples.ended(tier, at, Ending.shed("no-room")));
        } else {
          long first = (long) (200 * MILLI * Math.exp(0.5 * random.nextGaussian()));
          recorder.ended(Samples.ok(tier, at, at, first, first + random.nextInt(5_000) * MILLI));
        }
      }
      recorder.levels(second * SECOND, PER_SECOND);
    }
  }

  private static long heapBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
