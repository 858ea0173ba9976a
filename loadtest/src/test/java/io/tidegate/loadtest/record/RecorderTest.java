package io.tidegate.loadtest.record;

import static io.tidegate.loadtest.record.Samples.MILLI;
import static io.tidegate.loadtest.record.Samples.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidegate.loadtest.record.result.Distribution;
import io.tidegate.loadtest.record.result.Ending;
import io.tidegate.loadtest.record.result.Interval;
import io.tidegate.loadtest.record.result.Outcome;
import io.tidegate.loadtest.record.result.Phase;
import io.tidegate.loadtest.record.result.RunData;
import io.tidegate.loadtest.record.result.TierInterval;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {

  private static final List<String> TIERS = List.of("plus", "free");

  @TempDir Path dir;

  @Test
  void countsByTheTimeFiredAndMeasuresByTheTimeIntended() throws IOException {
    RunDirectory directory = RunDirectory.create(dir, Samples.manifest());
    Recorder recorder = new Recorder(TIERS, directory);
    // Meant for second 0, fired in second 2.
    recorder.fired(0, 0, 2 * SECOND, 2 * SECOND);
    recorder.ended(Samples.ok(0, 0, 2 * SECOND, 2 * SECOND + 5 * MILLI, 3 * SECOND));
    RunData run = finish(recorder, directory);
    assertThat(run.intervals()).hasSize(3);
    assertThat(run.intervals().get(0).tier("plus").offered()).isZero();
    assertThat(run.intervals().get(2).tier("plus").offered()).isEqualTo(1);
    assertThat(run.intervals().get(2).tier("plus").ok()).isEqualTo(1);
    assertThat(run.intervals().get(2).lagMaxNanos()).isEqualTo(2 * SECOND);
    assertThat(run.intervals().get(0).tier("plus").firstToken().maxNanos())
        .isEqualTo(2 * SECOND + 5 * MILLI);
    assertThat(run.intervals().get(2).tier("plus").firstToken().count()).isZero();
  }

  @Test
  void addsUpToWhatWasOfferedInEverySecond() throws IOException {
    RunDirectory directory = RunDirectory.create(dir, Samples.manifest());
    Recorder recorder = new Recorder(TIERS, directory);
    for (int i = 0; i < 100; i++) {
      long at = i * SECOND / 20;
      recorder.fired(i % 2, i, at, 0);
      Ending ending =
          i % 5 == 0 ? Ending.shed("no-room") : i % 7 == 0 ? Ending.ko(Ending.CUT) : Ending.ok();
      recorder.ended(Samples.ended(i % 2, at, ending));
    }
    RunData run = finish(recorder, directory);
    assertThat(run.intervals()).hasSize(5);
    for (Interval interval : run.intervals()) {
      for (String name : TIERS) {
        TierInterval tier = interval.tier(name);
        assertThat(tier.offered()).isEqualTo(10);
        assertThat(tier.ok() + tier.shedCount() + tier.koCount()).isEqualTo(10);
      }
    }
    assertThat(run.total("plus").shed()).isEqualTo(Map.of("no-room", 10L));
    assertThat(run.total("plus").streamsCut() + run.total("free").streamsCut())
        .isEqualTo(run.total("plus").koCount() + run.total("free").koCount())
        .isPositive();
    assertThat(run.latencies("free", Outcome.SHED, Phase.WHOLE).count()).isEqualTo(10);
  }

  @Test
  void keepsTheTrueMaximumAndHighPercentiles() throws IOException {
    RunDirectory directory = RunDirectory.create(dir, Samples.manifest());
    Recorder recorder = new Recorder(TIERS, directory);
    for (int i = 1; i <= 10_000; i++) {
      recorder.fired(0, 0, 0, 0);
      recorder.ended(Samples.ok(0, 0, 0, i * MILLI, 12_345_678_901L));
    }
    RunData run = finish(recorder, directory);
    Distribution first = run.latencies("plus", Outcome.OK, Phase.FIRST_TOKEN);
    assertThat(first.percentileNanos(99.99)).isCloseTo(9_999 * MILLI, within(11 * MILLI));
    assertThat(first.percentileNanos(100)).isEqualTo(10_000 * MILLI);
    assertThat(first.countWithin(5_000 * MILLI)).isCloseTo(5_000, within(6L));
    assertThat(run.latencies("plus", Outcome.OK, Phase.WHOLE).maxNanos())
        .isEqualTo(12_345_678_901L);
  }

  @Test
  void readsTheSameRunAgainFromItsFiles() throws IOException {
    RunDirectory directory = RunDirectory.create(dir, Samples.manifest());
    Recorder recorder = new Recorder(TIERS, directory);
    recorder.fired(1, 3, SECOND, MILLI);
    recorder.token(1, SECOND + MILLI);
    recorder.tokenGap("ask", 1, MILLI);
    recorder.ended(Samples.ok(1, SECOND, SECOND, MILLI, SECOND));
    recorder.decided(false, 0, "", 2 * SECOND, 2 * SECOND + MILLI);
    recorder.decided(true, 1, "", 2 * SECOND + 2 * MILLI, 2 * SECOND + 3 * MILLI);
    recorder.conversationBegun(1);
    recorder.conversationCompleted(1);
    recorder.levels(SECOND, 7);
    RunData run = finish(recorder, directory);
    assertThat(run.inversions()).hasSize(1);
    assertThat(run.requests()).containsExactly("ask");
    assertThat(RunDirectory.read(dir)).isEqualTo(run);
  }

  @Test
  void tellsAnHourAndMoreInLongerStretches() throws IOException {
    RunDirectory directory = RunDirectory.create(dir, Samples.manifest());
    Recorder recorder = new Recorder(TIERS, directory);
    int seconds = 9_000;
    for (long second = 0; second < seconds; second++) {
      recorder.fired(0, 0, second * SECOND, 0);
      recorder.ended(Samples.ok(0, second * SECOND, second * SECOND, MILLI, MILLI));
    }
    RunData run = finish(recorder, directory);
    assertThat(run.intervals()).hasSizeLessThanOrEqualTo(3600);
    assertThat(run.intervals().stream().mapToLong(Interval::seconds).sum()).isEqualTo(seconds);
    assertThat(run.intervals().stream().mapToLong(i -> i.tier("plus").firstToken().count()).sum())
        .isEqualTo(seconds);
    assertThat(run.intervals().get(1).second()).isEqualTo(run.intervals().get(0).seconds());
  }

  @Test
  void writesAHistogramLogWithATagForEachTier() throws IOException {
    RunDirectory directory = RunDirectory.create(dir, Samples.manifest());
    Recorder recorder = new Recorder(TIERS, directory);
    for (int i = 0; i < 10; i++) {
      recorder.fired(i % 2, 0, i * SECOND, 0);
      recorder.ended(Samples.ok(i % 2, i * SECOND, i * SECOND, (i + 1) * MILLI, SECOND));
    }
    finish(recorder, directory);
    Set<String> tags = new TreeSet<>();
    int lines = 0;
    try (FileInputStream in = new FileInputStream(dir.resolve("first-token.hlog").toFile());
        HistogramLogReader reader = new HistogramLogReader(in)) {
      while (reader.hasNext()) {
        Histogram histogram = (Histogram) reader.nextIntervalHistogram();
        tags.add(histogram.getTag());
        assertThat(histogram.getTotalCount()).isEqualTo(1);
        lines++;
      }
    }
    assertThat(tags).containsExactly("free", "plus");
    assertThat(lines).isEqualTo(10);
  }

  @Test
  void saysThatADirectoryHoldsNoRun() {
    assertThatThrownBy(() -> RunDirectory.read(dir)).hasMessageContaining("holds no finished run");
  }

  @Test
  void boundsTheNumberOfRequestNames() throws IOException {
    RunDirectory directory = RunDirectory.create(dir, Samples.manifest());
    Recorder recorder = new Recorder(TIERS, directory);
    for (int i = 0; i < 1000; i++) {
      recorder.tokenGap("request " + i, 0, MILLI);
    }
    assertThat(finish(recorder, directory).requests()).hasSize(101).contains("(other)");
    assertThat(Files.exists(dir.resolve("run.json"))).isTrue();
  }

  private static RunData finish(Recorder recorder, RunDirectory directory) throws IOException {
    return directory.finish(
        recorder.finish(Samples.manifest(), List.of(), Samples.healthy(), false));
  }
}
