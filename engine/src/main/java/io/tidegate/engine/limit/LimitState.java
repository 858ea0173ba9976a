package io.tidegate.engine.limit;

import io.tidegate.engine.telemetry.stream.PromptBucket;
import java.util.Map;

/**
 * What an adaptive limit has learned and keeps over a restart.
 *
 * @param seats the limit, above 0
 * @param savedAtEpochMillis when it was that
 * @param baseSeconds how long an ordinary first token takes, for each length of prompt that was
 *     seen; each is 0 or more
 */
public record LimitState(
    double seats, long savedAtEpochMillis, Map<PromptBucket, Double> baseSeconds) {

  public LimitState {
    baseSeconds = Map.copyOf(baseSeconds);
    if (!(seats > 0 && Double.isFinite(seats))) {
      throw new IllegalArgumentException("a limit has some seats, not " + seats);
    }
    for (double seconds : baseSeconds.values()) {
      if (!(seconds >= 0 && Double.isFinite(seconds))) {
        throw new IllegalArgumentException("a first token takes its time, not " + seconds + " s");
      }
    }
  }

  /**
   * The same, so old that it tells how long first tokens take, and no longer where the limit is.
   */
  public LimitState outdated(long nowEpochMillis) {
    return new LimitState(seats, nowEpochMillis - AdaptiveLimit.STATE_HOLDS_MILLIS, baseSeconds);
  }
}
