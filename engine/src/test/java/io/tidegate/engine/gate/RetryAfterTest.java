package io.tidegate.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How long the refused are asked to stay away. */
class RetryAfterTest {
  private static final long TEN_SECONDS = TimeUnit.SECONDS.toNanos(10);

  @Test
  void spreadsTheAdviceByAFifthEitherWay() {
    long[] advice =
        LongStream.range(0, 10_000)
            .map(now -> RetryAfter.millis(TEN_SECONDS, 64, 64, 250, now))
            .toArray();

    assertThat(LongStream.of(advice).distinct().sorted().toArray())
        .startsWith(8_250)
        .endsWith(12_000)
        .hasSize(16);
    assertThat(LongStream.of(advice).average().orElseThrow()).isBetween(10_050.0, 10_200.0);
  }

  @Test
  void growsWithTheShareOfSeatsThatIsTaken() {
    assertThat(RetryAfter.millis(TEN_SECONDS, 16, 64, 250, 0)).isEqualTo(2_500);
    assertThat(RetryAfter.millis(TEN_SECONDS, 64, 64, 250, 0)).isEqualTo(10_000);
    assertThat(RetryAfter.millis(TEN_SECONDS, 80, 64, 250, 0)).isEqualTo(12_500);
  }

  @Test
  void staysBetweenTheLeastTimeAndHalfAMinute() {
    for (long now = 0; now < 10_000; now++) {
      assertThat(RetryAfter.millis(0, 64, 64, 1_000, now)).isBetween(1_000L, 1_250L);
      assertThat(RetryAfter.millis(1_000 * TEN_SECONDS, 64, 64, 250, now))
          .isBetween(20_000L, 30_000L);
    }
  }

  @Test
  void roundsUpToQuartersOfASecond() {
    assertThat(LongStream.of(0, 1, 250, 251, 29_999, 90_000).map(RetryAfter::roundUp).toArray())
        .containsExactly(0, 250, 250, 500, 30_000, 90_000);
  }
}
