package io.tidegate.engine.telemetry.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** What streams show, by interval. */
class StreamSamplesTest {
  // A clock near its end: times are differences, and sums of them wrap around.
  private static final long START_NANOS = Long.MAX_VALUE - TimeUnit.HOURS.toNanos(1);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final StreamSamples samples = new StreamSamples(START_NANOS);
  private long nowNanos = START_NANOS;

  @Test
  void showsNothingWithoutStreams() {
    nowNanos += SECOND;

    assertThat(samples.take(nowNanos))
        .isEqualTo(new StreamInterval(SECOND, List.of(), 0, 0, 0, 0, 0));
  }

  @Test
  void tellsFirstTokensByLengthOfPrompt() {
    stream(100, 300 * MILLI);
    stream(512, 300 * MILLI);
    stream(513, 800 * MILLI);
    stream(40_000, 4 * SECOND);
    assertThat(samples.firstTokensPending()).isEqualTo(4);

    List<FirstToken> taken = samples.take(nowNanos).firstTokens();

    assertThat(taken)
        .extracting(FirstToken::prompt)
        .containsExactly(PromptBucket.UP_TO_512, PromptBucket.UP_TO_2K, PromptBucket.LONGER);
    assertThat(taken).extracting(FirstToken::count).containsExactly(2L, 1L, 1L);
    assertThat(taken.get(0).nanos()).isCloseTo(300 * MILLI, Percentage.withPercentage(1));
    assertThat(taken.get(2).nanos()).isCloseTo(4 * SECOND, Percentage.withPercentage(1));
  }

  @Test
  void eachIntervalBeginsAnew() {
    stream(100, 300 * MILLI);
    samples.take(nowNanos);
    nowNanos += SECOND;

    assertThat(samples.firstTokensPending()).isZero();
    assertThat(samples.take(nowNanos).firstTokens()).isEmpty();
    assertThat(samples.take(nowNanos).nanos()).isZero();
  }

  @Test
  void addsUpTheTimeThatStreamsRunWithinTheInterval() {
    samples.take(nowNanos);
    stream(1, MILLI); // runs over both intervals
    nowNanos += SECOND;
    samples.take(nowNanos);
    nowNanos += SECOND / 2;
    stream(1, MILLI); // begins in the middle
    nowNanos += SECOND / 4;
    samples.ended(nowNanos); // one of them ends
    nowNanos += SECOND / 4;

    StreamInterval interval = samples.take(nowNanos);

    assertThat(interval.streamNanos()).isCloseTo(SECOND + SECOND / 4, within(3 * MILLI));
    assertThat(interval.answering()).isEqualTo(1);
  }

  @Test
  void countsTokensWithoutEachStreamsFirst() {
    stream(1, MILLI);
    samples.tokens(1);
    samples.tokens(24);

    assertThat(samples.take(nowNanos).laterTokens()).isEqualTo(24);

    samples.tokens(7);
    assertThat(samples.take(nowNanos).laterTokens()).isEqualTo(7);
  }

  @Test
  void tellsTheAgeOfTheOldestThatWaits() {
    int first = samples.dispatched(nowNanos);
    nowNanos += SECOND;
    int second = samples.dispatched(nowNanos);
    nowNanos += SECOND;

    StreamInterval both = samples.take(nowNanos);
    assertThat(both.awaiting()).isEqualTo(2);
    assertThat(both.oldestAwaitingNanos()).isCloseTo(2 * SECOND, within(20 * MILLI));

    samples.gaveUp(first);
    StreamInterval one = samples.take(nowNanos);
    assertThat(one.awaiting()).isEqualTo(1);
    assertThat(one.oldestAwaitingNanos()).isCloseTo(SECOND, within(20 * MILLI));
    assertThat(one.firstTokens()).isEmpty();

    samples.firstToken(second, 1, nowNanos - SECOND, nowNanos);
    assertThat(samples.take(nowNanos).oldestAwaitingNanos()).isZero();
  }

  @Test
  void takesTimesOutsideItsRangeAsItsEnds() {
    int place = samples.dispatched(nowNanos);
    samples.firstToken(place, 1, nowNanos + MILLI, nowNanos);
    place = samples.dispatched(nowNanos);
    samples.firstToken(place, 1, nowNanos - TimeUnit.DAYS.toNanos(1), nowNanos);

    assertThat(samples.take(nowNanos).firstTokens())
        .extracting(FirstToken::count)
        .containsExactly(1L, 1L);
  }

  /**
   * Shown red by hand: {@code StreamSamples.take} without {@code flipPhase} (first tokens recorded
   * while the tally is read change it under the reader, or are cleared with it).
   */
  @Test
  void losesNothingWhileIntervalsAreTaken() throws Exception {
    int threads = 4;
    long each = 300_000;
    AtomicLong running = new AtomicLong(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    Callable<Long> streams =
        () -> {
          for (long i = 0; i < each; i++) {
            int place = samples.dispatched(START_NANOS + i);
            if (i % 10 == 0) {
              samples.gaveUp(place);
            } else {
              samples.firstToken(place, i, START_NANOS + i, START_NANOS + i + MILLI);
              samples.tokens(11);
              samples.ended(START_NANOS + i + 2 * MILLI);
            }
          }
          return running.decrementAndGet();
        };
    List<Future<Long>> futures = new ArrayList<>();
    LongStream.range(0, threads).forEach(thread -> futures.add(pool.submit(streams)));
    long firstTokens = 0;
    StreamInterval last;
    boolean over;
    do {
      over = running.get() == 0;
      last = samples.take(nowNanos);
      firstTokens += last.firstTokens().stream().mapToLong(FirstToken::count).sum();
    } while (!over);
    for (Future<Long> future : futures) {
      future.get(1, TimeUnit.MINUTES);
    }
    pool.shutdown();

    assertThat(firstTokens).isEqualTo(threads * each * 9 / 10);
    assertThat(last.answering()).isZero();
    assertThat(last.awaiting()).isZero();
  }

  private void stream(long promptTokens, long firstTokenNanos) {
    int place = samples.dispatched(nowNanos);
    long dispatchedNanos = nowNanos;
    nowNanos += firstTokenNanos;
    samples.firstToken(place, promptTokens, dispatchedNanos, nowNanos);
  }
}
