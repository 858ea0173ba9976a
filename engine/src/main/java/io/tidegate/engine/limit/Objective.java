package io.tidegate.engine.limit;

import java.time.Duration;

/**
 * How fast answers are to be.
 *
 * @param firstToken from a request's arrival to the first token of its answer, above 0
 * @param timePerOutputToken the mean time of each further token, above 0
 */
public record Objective(Duration firstToken, Duration timePerOutputToken) {
  public Objective {
    if (firstToken.toNanos() <= 0 || timePerOutputToken.toNanos() <= 0) {
      throw new IllegalArgumentException(
          "an objective is longer than nothing: %s, %s".formatted(firstToken, timePerOutputToken));
    }
  }

  /** First token within 2 s, then 40 ms a token. */
  public static Objective defaults() {
    return new Objective(Duration.ofSeconds(2), Duration.ofMillis(40));
  }
}
