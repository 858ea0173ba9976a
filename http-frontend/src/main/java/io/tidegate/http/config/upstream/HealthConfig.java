package io.tidegate.http.config.upstream;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How an upstream is looked after.
 *
 * @param path what is read of it, from the root of its host; empty: it is only connected to
 * @param interval between two looks, from 100 ms to an hour
 */
public record HealthConfig(Optional<String> path, Duration interval) {

  static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);
  static final Duration LONGEST_INTERVAL = Duration.ofHours(1);

  private static final Pattern PATH = Pattern.compile("/[!$-;=?-Z_a-z~]*");

  public HealthConfig {
    if (path.isPresent() && !isPath(path.get())) {
      throw new IllegalArgumentException(
          "upstreams.health.path: `" + path.get() + "` is not a path");
    }
    if (interval.compareTo(SHORTEST_INTERVAL) < 0 || interval.compareTo(LONGEST_INTERVAL) > 0) {
      throw new IllegalArgumentException(
          "upstreams.health.interval: " + interval + " is out of range, allowed 100ms to 1h");
    }
  }

  /** Connects every two seconds. */
  public static HealthConfig defaults() {
    return new HealthConfig(Optional.empty(), Duration.ofSeconds(2));
  }

  static boolean isPath(String text) {
    return PATH.matcher(text).matches();
  }
}
