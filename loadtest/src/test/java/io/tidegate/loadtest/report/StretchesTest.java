package io.tidegate.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.loadtest.record.result.Interval;
import io.tidegate.loadtest.record.result.RunData;
import io.tidegate.loadtest.report.PageData.Stretch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StretchesTest {

  private static final int REPEATS = 100;

  @TempDir Path dir;

  @Test
  void aShortRunIsToldByTheSecond() throws IOException {
    RunData run = MadeRun.of(dir).run();

    assertThat(Stretches.of(run.intervals(), run.tiers())).hasSize(MadeRun.SECONDS);
  }

  @Test
  void aLongRunIsToldInFewerStretchesThatLoseNothing() throws IOException {
    RunData run = MadeRun.of(dir).run();
    List<Interval> day = repeated(run.intervals());

    List<Stretch> told = Stretches.of(day, run.tiers());

    assertThat(told).hasSizeLessThanOrEqualTo(900).hasSizeLessThan(day.size());
    assertSame(told, day, run.tiers());
  }

  @Test
  void latenciesThatTakeUpTooMuchAreToldInLongerStretches() throws IOException {
    RunData run = MadeRun.of(dir).run();
    List<Interval> day = repeated(run.intervals());

    List<Stretch> told = Stretches.of(day, run.tiers(), /* maxNumbers= */ 1);

    assertThat(told).hasSizeBetween(20, 60);
    assertSame(told, day, run.tiers());
  }

  private static List<Interval> repeated(List<Interval> intervals) {
    List<Interval> day = new ArrayList<>();
    for (int i = 0; i < REPEATS; i++) {
      for (Interval one : intervals) {
        day.add(
            new Interval(
                day.size(),
                1,
                one.tiers(),
                one.activeUsers(),
                one.lagMaxNanos(),
                one.pausedNanos()));
      }
    }
    return day;
  }

  private static void assertSame(List<Stretch> told, List<Interval> day, List<String> tiers) {
    assertThat(told.stream().mapToInt(Stretch::seconds).sum()).isEqualTo(day.size());
    for (int i = 1; i < told.size(); i++) {
      assertThat(told.get(i).second())
          .isEqualTo(told.get(i - 1).second() + told.get(i - 1).seconds());
    }
    for (int tier = 0; tier < tiers.size(); tier++) {
      int place = tier;
      String name = tiers.get(tier);
      assertThat(sum(told, one -> one.tiers().get(place).offered()))
          .isEqualTo(sum(day, one -> one.tier(name).offered()))
          .isPositive();
      assertThat(sum(told, one -> one.tiers().get(place).firstToken().count()))
          .isEqualTo(sum(day, one -> one.tier(name).firstToken().count()));
    }
  }

  private static <T> long sum(List<T> list, ToLongFunction<T> value) {
    return list.stream().mapToLong(value).sum();
  }
}
