package io.tidegate.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidegate.loadtest.record.result.Distribution;
import io.tidegate.loadtest.report.PageData.OneRun;
import io.tidegate.loadtest.report.PageData.Stretch;
import io.tidegate.loadtest.report.PageData.TierStretch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shown red by leaving refusals out. */
class PageDataTest {

  @TempDir Path dir;

  @Test
  void outcomesAddUpToWhatWasOfferedInEverySecondAndInTheWhole() throws IOException {
    OneRun run = OneRun.of(MadeRun.of(dir));
    assertThat(run.stretches()).hasSize(MadeRun.SECONDS);
    for (int tier = 0; tier < run.tiers().size(); tier++) {
      long offered = 0;
      for (Stretch stretch : run.stretches()) {
        TierStretch one = stretch.tiers().get(tier);
        assertThat(one.ok() + sum(one.shed()) + sum(one.ko())).isEqualTo(one.offered());
        offered += one.offered();
      }
      assertThat(offered).isPositive().isEqualTo(run.totals().get(tier).offered());
    }
  }

  @Test
  void bucketsOfAllSecondsAreThoseOfTheWholeRun() throws IOException {
    ReportedRun made = MadeRun.of(dir);
    OneRun run = OneRun.of(made);
    for (int tier = 0; tier < run.tiers().size(); tier++) {
      Map<Long, Long> added = new TreeMap<>();
      long most = 0;
      Distribution whole = Distribution.none();
      for (int second = 0; second < run.stretches().size(); second++) {
        add(added, run.stretches().get(second).tiers().get(tier).firstToken().counts());
        Distribution one =
            made.run().intervals().get(second).tier(run.tiers().get(tier)).firstToken();
        whole = whole.plus(one);
        most = Math.max(most, one.maxNanos());
      }
      assertThat(sum(added)).isEqualTo(whole.count()).isGreaterThan(200);
      for (double share : new double[] {0.1, 0.5, 0.9, 0.99}) {
        double nanos = whole.percentileNanos(100 * share);
        assertThat(percentileNanos(added, share)).isCloseTo(nanos, within(0.02 * nanos));
      }
      assertThat(whole.maxNanos()).isEqualTo(most);
    }
  }

  @Test
  void aLatencyIsInTheBucketWhoseEdgesItLiesBetween() {
    for (long nanos = 1000; nanos < 1_000_000_000_000L; nanos = nanos * 3 / 2 + 1) {
      int bucket = LogBuckets.indexOf(nanos);
      assertThat((double) nanos).isBetween(edgeNanos(bucket) * 0.999999, edgeNanos(bucket + 1));
    }
    assertThat(LogBuckets.indexOf(0)).isZero();
  }

  @Test
  void anEmptyDistributionHasNoBuckets() {
    assertThat(LogBuckets.of(Distribution.none())).isEmpty();
  }

  private static void add(Map<Long, Long> sum, List<Long> counts) {
    for (int i = 0; i < counts.size(); i += 2) {
      sum.merge(counts.get(i), counts.get(i + 1), Long::sum);
    }
  }

  private static double percentileNanos(Map<Long, Long> counts, double share) {
    long rank = (long) Math.ceil(share * sum(counts));
    for (Map.Entry<Long, Long> entry : counts.entrySet()) {
      rank -= entry.getValue();
      if (rank <= 0) {
        return edgeNanos(entry.getKey() + 0.5);
      }
    }
    throw new AssertionError("fewer than were counted");
  }

  private static double edgeNanos(double bucket) {
    return 1000 * Math.pow(2, bucket / LogBuckets.PER_OCTAVE);
  }

  private static long sum(Map<?, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
