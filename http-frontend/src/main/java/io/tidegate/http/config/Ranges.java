package io.tidegate.http.config;

import io.tidegate.http.config.yaml.Range;
import java.time.Duration;

/** The ranges of the configuration's values, for the records and for the reader of the file. */
final class Ranges {

  static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);
  static final Duration LONGEST_TIMEOUT = Duration.ofHours(24);

  static final Range SUBSCRIBERS = new Range(1, 100_000_000);

  private Ranges() {}
}
