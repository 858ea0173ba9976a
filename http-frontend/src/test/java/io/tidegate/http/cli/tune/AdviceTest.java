package io.tidegate.http.cli.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What recordings of a service with a knee of 48 seats speak for. Composed, so that the truth is
 * known: a request takes 2 s of work, and beyond 48 at once those that come wait upstream.
 */
class AdviceTest {

  private static final int KNEE = 48;
  private static final long WORK_MILLIS = 2_000;
  private static final long FIRST_MILLIS = 200;

  @TempDir private Path folder;

  @Test
  void aLimitTwiceTooHighLeadsToTheKnee() {
    List<Window> run = new ArrayList<>();
    run.addAll(windows(6, KNEE / 3, 0));
    run.addAll(windows(12, 2 * KNEE, 0));
    Proposal limit = find(Advice.on(run), "limit.seats");
    assertThat(Double.parseDouble(limit.value().orElseThrow())).isCloseTo(KNEE, within(.15 * KNEE));
  }

  @Test
  void aLimitThatWasNotFullSaysNothingAboutTheKnee() {
    List<Window> run = windows(12, KNEE / 2, 0);
    run.forEach(window -> seats(window, KNEE, KNEE / 2));
    Proposal limit = find(Advice.on(run), "limit.seats");
    assertThat(limit.value()).isEmpty();
    assertThat(limit.reason()).contains("was not full", "above the 24 seats");
  }

  @Test
  void aLimitThatWasFullWhileNobodyWasLateIsDoubledAndSaidToBeATry() {
    List<Window> run = new ArrayList<>();
    run.addAll(windows(6, KNEE / 3, 0));
    run.addAll(windows(12, KNEE / 2, 700));
    run.subList(6, 18).forEach(window -> seats(window, KNEE / 2, KNEE / 2 - 2));
    Proposal limit = find(Advice.on(run), "limit.seats");
    assertThat(limit.value()).hasValue(Integer.toString(KNEE));
    assertThat(limit.reason()).contains("a try, no measurement");
  }

  @Test
  void objectivesRestOnCalmWindowsAlone() {
    List<Window> run = new ArrayList<>();
    run.addAll(windows(6, KNEE / 3, 0));
    run.addAll(windows(12, 2 * KNEE, 0));
    Proposal first = find(Advice.on(run), "objective.first_token");
    assertThat(first.value()).hasValue("210ms");
    assertThat(first.reason()).contains("99th percentile", "6 calm windows");
    assertThat(find(Advice.on(run), "objective.time_per_output_token").value()).hasValue("41ms");
  }

  @Test
  void waitsThatPileUpAtTheirEndSpeakForNothing() {
    Proposal wait = find(Advice.on(windows(6, KNEE / 2, 700)), "tiers.plus.max_wait");
    assertThat(wait.value()).isEmpty();
    assertThat(wait.reason()).contains("pile up");
  }

  @Test
  void waitsThatEndByThemselvesAreProposed() {
    Window window = new Window();
    window.add("plus", of(400, FIRST_MILLIS));
    Histogram waits = of(190, 300);
    waits.recordValueWithCount(TimeUnit.SECONDS.toNanos(4), 10);
    window.add("plus.queue_wait", waits);
    assertThat(find(Advice.on(List.of(window)), "tiers.plus.max_wait").value()).hasValue("310ms");
  }

  @Test
  void aLoadTestsRecordingTellsFirstTokensOnly() throws IOException {
    try (PrintStream out = new PrintStream(Files.newOutputStream(folder.resolve("a.hlog")))) {
      HistogramLogWriter log = new HistogramLogWriter(out);
      log.outputLogFormatVersion();
      log.outputStartTime(1_000_000);
      log.outputLegend();
      for (int second = 0; second < 60; second++) {
        Histogram times = of(5, FIRST_MILLIS);
        times.setTag("free");
        log.outputIntervalHistogram(second, second + 1.0, times, 1e6);
      }
    }
    List<Window> run = Recording.read(folder);
    assertThat(run).hasSizeBetween(6, 7);
    assertThat(find(Advice.on(run), "objective.first_token").value()).hasValue("210ms");
    assertThat(find(Advice.on(run), "limit.seats").reason()).contains("not recorded");
    assertThat(find(Advice.on(run), "tiers.*.max_wait").reason()).contains("nobody");
  }

  @Test
  void whatIsNoLogIsRefusedInASentence() throws IOException {
    Path text = Files.writeString(folder.resolve("b.hlog"), "once upon a time\n");
    assertThatThrownBy(() -> Recording.read(text))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("b.hlog");
    assertThatThrownBy(() -> Recording.read(folder.resolve("none")))
        .hasMessageContaining("there is no");
  }

  /** Windows in which so many requests are kept running, and each waits so long in the gate. */
  private static List<Window> windows(int count, int running, long queuedMillis) {
    long upstreamWait = WORK_MILLIS * Math.max(0, running - KNEE) / KNEE;
    long endedInWindow = Window.SECONDS * 1_000L * Math.min(running, KNEE) / WORK_MILLIS;
    List<Window> windows = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      Window window = new Window();
      window.add("plus", of(endedInWindow, queuedMillis + upstreamWait + FIRST_MILLIS));
      window.add("plus.time_per_output_token", of(endedInWindow, 40));
      window.add(
          "plus.request_duration", of(endedInWindow, queuedMillis + upstreamWait + WORK_MILLIS));
      if (queuedMillis > 0) {
        window.add("plus.queue_wait", of(endedInWindow, queuedMillis));
      }
      windows.add(window);
    }
    return windows;
  }

  /** What is recorded of a limit, and of what was held of it. */
  private static void seats(Window window, long limit, long held) {
    window.add(".limit_seats", value(limit));
    window.add(".inflight_seats", value(held));
  }

  private static Histogram value(long value) {
    Histogram one = new Histogram(3);
    one.recordValue(value);
    return one;
  }

  private static Histogram of(long count, long millis) {
    Histogram times = new Histogram(3);
    times.recordValueWithCount(TimeUnit.MILLISECONDS.toNanos(millis), count);
    return times;
  }

  private static Proposal find(List<Proposal> all, String key) {
    return all.stream().filter(one -> one.key().equals(key)).findFirst().orElseThrow();
  }
}
