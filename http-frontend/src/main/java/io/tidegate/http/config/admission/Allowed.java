package io.tidegate.http.config.admission;

import io.tidegate.http.config.yaml.Durations;
import io.tidegate.http.config.yaml.Range;
import java.time.Duration;

/** The ranges of the values that say who is let in, for the records and for their readers. */
final class Allowed {

  static final Range TIER_SESSIONS = new Range(0, 100_000_000);
  static final Range PER_SUBSCRIBER = new Range(1, 1_000_000);
  static final Range REQUESTS_PER_MINUTE = new Range(1, 10_000_000);
  static final Range TOKENS_PER_MINUTE = new Range(1, 1_000_000_000_000L);
  static final Range MAX_TOKENS_OVER = new Range(0, 100_000_000);
  static final Range FEATURE_SEATS = new Range(1, 10_000);
  static final Range FEATURE_USES = new Range(1, 1_000_000);
  static final int FEATURES = 32;
  static final Duration LONGEST_MAX_WAIT = Duration.ofSeconds(60);
  static final Duration LONGEST_NEWNESS = Duration.ofDays(3_650);
  static final Duration SHORTEST_SESSION = Duration.ofSeconds(1);
  static final Duration LONGEST_SESSION = Duration.ofDays(1);
  static final Duration LONGEST_FEATURE_QUOTA = Duration.ofDays(31);

  static final Range MAX_OPEN = new Range(1, 100_000_000);

  private Allowed() {}

  /** Refuses a duration outside of both bounds, which are allowed themselves. */
  static void check(String field, Duration value, Duration shortest, Duration longest) {
    if (value.compareTo(shortest) < 0 || value.compareTo(longest) > 0) {
      throw new IllegalArgumentException(
          "%s: %s is out of range, allowed %s to %s"
              .formatted(
                  field,
                  Durations.print(value),
                  Durations.print(shortest),
                  Durations.print(longest)));
    }
  }
}
