package io.tidegate.engine.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidegate.engine.telemetry.HistogramSnapshot.Bucket;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** Times go into the right buckets, and stay there. */
class LatencyRecorderTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final LatencyRecorder recorder =
      new LatencyRecorder(1_000, TimeUnit.SECONDS.toNanos(60), .1, 1);

  @Test
  void showsEveryBucketBeforeAnythingWasRecorded() {
    assertThat(recorder.snapshot().buckets())
        .containsExactly(
            new Bucket(.1, 0), new Bucket(1, 0), new Bucket(Double.POSITIVE_INFINITY, 0));
  }

  @Test
  void addsUpOverSnapshots() {
    recorder.record(50 * MILLI);
    recorder.record(500 * MILLI);
    recorder.snapshot();
    recorder.record(60 * MILLI);
    recorder.record(5_000 * MILLI);

    HistogramSnapshot all = recorder.snapshot();

    assertThat(all.buckets()).extracting(Bucket::count).containsExactly(2L, 1L, 1L);
    assertThat(all.count()).isEqualTo(4);
    assertThat(all.sumSeconds()).isCloseTo(5.61, within(.06));
    assertThat(recorder.snapshot()).isEqualTo(all);
  }

  @Test
  void takesTimesOutsideItsRangeAsItsEnds() {
    recorder.record(-5);
    recorder.record(TimeUnit.DAYS.toNanos(1));

    HistogramSnapshot all = recorder.snapshot();

    assertThat(all.buckets()).extracting(Bucket::count).containsExactly(1L, 0L, 1L);
    assertThat(all.sumSeconds()).isCloseTo(60, within(.6));
  }

  @Test
  void handsOutEachTimeOnceAndStillCountsItInSnapshots() {
    Histogram interval = recorder.emptyHistogram();
    recorder.record(50 * MILLI);
    recorder.snapshot();
    recorder.record(500 * MILLI);

    recorder.takeInto(interval);
    assertThat(interval.getTotalCount()).isEqualTo(2);
    assertThat(interval.getMaxValue()).isBetween(495 * MILLI, 505 * MILLI);

    recorder.record(60 * MILLI);
    recorder.takeInto(interval);
    assertThat(interval.getTotalCount()).isEqualTo(1);
    assertThat(interval.getMaxValue()).isBetween(59 * MILLI, 61 * MILLI);
    assertThat(recorder.snapshot().count()).isEqualTo(3);
  }
}
