package io.tidegate.http.config.yaml;

import java.time.Duration;

/** Durations as the file writes them. */
public final class Durations {

  private Durations() {}

  /** In the largest unit that loses nothing above a millisecond: {@code 90s}, {@code 2m}. */
  public static String print(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0) {
      return "0s";
    } else if (millis % 3_600_000 == 0) {
      return millis / 3_600_000 + "h";
    } else if (millis % 60_000 == 0) {
      return millis / 60_000 + "m";
    } else if (millis % 1_000 == 0) {
      return millis / 1_000 + "s";
    }
    return millis + "ms";
  }
}
