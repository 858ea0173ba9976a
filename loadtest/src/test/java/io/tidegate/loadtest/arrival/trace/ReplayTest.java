package io.tidegate.loadtest.arrival.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidegate.loadtest.arrival.trace.Replay.Call;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReplayTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @Test
  void sendsEachRowWhenItCame() {
    assertThat(times(Replay.of(seconds(0, 1, 4)))).containsExactly(0L, SECOND, 4 * SECOND);
  }

  @Test
  void cutsAWindowAndCountsFromItsBeginning() {
    Replay replay =
        Replay.of(seconds(0, 1, 2, 3, 4)).window(Duration.ofSeconds(1), Duration.ofSeconds(3));
    assertThat(times(replay)).containsExactly(0L, SECOND);
    assertThat(replay.durationNanos()).isEqualTo(2 * SECOND);
  }

  @Test
  void playsFasterWithoutSendingMore() {
    Replay replay = Replay.of(seconds(0, 10, 20)).timeScale(20);
    assertThat(times(replay)).containsExactly(0L, SECOND / 2, SECOND);
  }

  @Test
  void sendsMoreWithoutPlayingFaster() {
    assertThat(times(Replay.of(seconds(0, 10)).rateScale(2)))
        .containsExactly(0L, SECOND / 2, 10 * SECOND, 10 * SECOND + SECOND / 2);
  }

  @Test
  void sendsAPartOfTheRowsWhenTheRateIsBelowOne() {
    Trace trace = seconds(LongStream.range(0, 10_000).toArray());
    assertThat((double) Replay.of(trace).rateScale(0.3).calls().size())
        .isCloseTo(3000, within(150.0));
    assertThat((double) Replay.of(trace).rateScale(2.5).calls().size())
        .isCloseTo(25_000, within(200.0));
  }

  @Test
  void spreadsEqualStampsUpToTheNextOne() {
    Trace batches = trace(3 * SECOND, 0, 0, 0, 0, 2 * SECOND, 2 * SECOND, 100 * SECOND);
    assertThat(times(Replay.of(batches)))
        .containsExactly(
            0L,
            SECOND / 2,
            SECOND,
            3 * SECOND / 2,
            2 * SECOND,
            // No farther than the clock was coarse, however long the silence.
            2 * SECOND + 3 * SECOND / 2,
            100 * SECOND);
  }

  @Test
  void spreadsTheLastBatchToo() {
    assertThat(times(Replay.of(trace(2 * SECOND, 0, SECOND, SECOND))))
        .containsExactly(0L, SECOND, 2 * SECOND);
  }

  @Test
  void givesARowTheSameTierAtEverySpeedAndInEveryRun() {
    Trace trace = seconds(LongStream.range(0, 10_000).toArray());
    Replay replay = Replay.of(trace).assignTiers(Map.of("plus", 0.3, "free", 0.7)).seed(5);
    List<String> tiers = replay.calls().stream().map(call -> call.tier().orElseThrow()).toList();
    assertThat((double) tiers.stream().filter("plus"::equals).count())
        .isCloseTo(3000, within(150.0));
    assertThat(replay.timeScale(20).calls().stream().map(call -> call.tier().orElseThrow()))
        .isEqualTo(tiers);
    assertThat(replay.seed(6).calls().stream().map(call -> call.tier().orElseThrow()))
        .isNotEqualTo(tiers);
  }

  @Test
  void asksForATokenWhereTheTraceHasNone() {
    Trace trace = new Trace(Path.of("t"), List.of(new TraceRow(0, 0, 0)), SECOND);
    Call call = Replay.of(trace).calls().get(0);
    assertThat(call.inputTokens()).isEqualTo(1);
    assertThat(call.outputTokens()).isEqualTo(1);
  }

  @Test
  void refusesScalesAndWindowsThatMakeNoSense() {
    Replay replay = Replay.of(seconds(0, 1));
    assertThatThrownBy(() -> replay.timeScale(0)).hasMessageContaining("time scale");
    assertThatThrownBy(() -> replay.rateScale(Double.NaN)).hasMessageContaining("rate scale");
    assertThatThrownBy(() -> replay.window(Duration.ofSeconds(1), Duration.ofSeconds(1)))
        .hasMessageContaining("window");
    assertThatThrownBy(() -> replay.assignTiers(Map.of("plus", -1.0)))
        .hasMessageContaining("share");
  }

  private static Trace seconds(long... stamps) {
    return trace(SECOND, LongStream.of(stamps).map(stamp -> stamp * SECOND).toArray());
  }

  private static Trace trace(long resolutionNanos, long... stampsNanos) {
    List<TraceRow> rows =
        LongStream.of(stampsNanos).mapToObj(nanos -> new TraceRow(nanos, 10, 20)).toList();
    return new Trace(Path.of("t"), rows, resolutionNanos);
  }

  private static List<Long> times(Replay replay) {
    LongStream.Builder times = LongStream.builder();
    replay.fireTimes(new SplittableRandom(1)).forEachRemaining((long nanos) -> times.add(nanos));
    return times.build().boxed().toList();
  }
}
