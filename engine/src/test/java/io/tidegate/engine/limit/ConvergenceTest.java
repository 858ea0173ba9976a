package io.tidegate.engine.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.telemetry.stream.PromptBucket;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The adaptive limit against the plainest of upstreams, under more demand than it can carry:
 * streams of ten seconds, and a knee beyond which requests stand in the upstream's queue, or tokens
 * come slower. The simulation has real ones; this shows at once when a rule is broken.
 *
 * <p>Shown red by hand: without {@code StartPhase} (too slow from below), with {@code over} of the
 * first tokens alone (the second kind is flooded), or of the time per token alone (the first).
 */
class ConvergenceTest {
  private static final double KNEE = 385;
  private static final double STREAM_SECONDS = 10;

  @ParameterizedTest
  @CsvSource({"QUEUES,38", "QUEUES,1900", "QUEUES,4000", "SLOWS,38", "SLOWS,1900", "SLOWS,4000"})
  void findsTheKneeAndStaysThere(Kind kind, int startSeats) {
    LimitSettings.Adaptive settings =
        new LimitSettings.Adaptive(OptionalInt.of(startSeats), 8, 4_000, Objective.defaults());
    AdaptiveLimit limit =
        new AdaptiveLimit(
            settings,
            // Of a run long ago: the base is known, the limit is not.
            Optional.of(new LimitState(1, 0, Map.of(PromptBucket.UP_TO_2K, .3))),
            100_000_000);
    double inflight = 0;
    double limitSum = 0;
    for (int second = 1; second <= 330; second++) {
      double ends = Math.min(inflight, kind == Kind.QUEUES ? KNEE : inflight) / STREAM_SECONDS;
      inflight = Math.max(inflight - ends, limit.seats().orElseThrow());
      limit.step(window(kind, inflight, ends).sample(), Windows.nanos(second));
      if (second > 30) {
        limitSum += limit.seats().orElseThrow();
        assertThat((double) limit.seats().orElseThrow())
            .as("limit at second %d", second)
            .isBetween(.75 * KNEE, 1.3 * KNEE);
      }
    }
    assertThat(limitSum / 300).isBetween(.9 * KNEE, 1.1 * KNEE);
  }

  /** What happens beyond the knee. */
  enum Kind {
    QUEUES,
    SLOWS
  }

  private static Windows window(Kind kind, double inflight, double ends) {
    double beyond = Math.max(0, inflight - KNEE);
    Windows all = Windows.of(Math.round(inflight)).refusing();
    if (kind == Kind.SLOWS) {
      return all.tokens(.98 * .04 * inflight / KNEE);
    }
    double late = beyond * STREAM_SECONDS / KNEE;
    return all.firstTokens((int) Math.round(ends), .3 + late)
        .awaiting(Math.round(beyond), .3 + late);
  }
}
