package io.tidegate.http.config.signup;

import io.tidegate.http.config.yaml.Durations;
import io.tidegate.http.config.yaml.Range;
import java.time.Duration;

/** The ranges and defaults of what is said about the sale of plans. */
final class SignupRanges {

  static final Range CAPACITY_SEATS = new Range(1, 10_000_000);
  static final double MOST_PER_SUBSCRIBER = 1_000;
  static final Range PLACES = new Range(0, 1_000_000_000);
  static final Range JOINS = new Range(1, 1_000_000);
  static final int DEFAULT_JOINS = 600;
  static final int WEBHOOKS = 16;
  static final int CHANNELS = 32;
  static final String CARD = "card";
  static final Duration CARD_HOLD = Duration.ofMinutes(15);

  /** Purchases in a store of apps may be pending for days. */
  static final Duration OTHER_HOLD = Duration.ofDays(3);

  static final Duration CLAIM = Duration.ofDays(2);
  static final Duration SHORTEST = Duration.ofMinutes(1);
  static final Duration LONGEST = Duration.ofDays(30);
  static final Duration SHORTEST_GRACE = Duration.ofHours(1);
  static final Duration LONGEST_GRACE = Duration.ofDays(3_650);

  private SignupRanges() {}

  /** Refuses a hold or a time to claim that is too short or too long. */
  static void check(String field, Duration value) {
    if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "%s: %s is out of range, allowed %s to %s"
              .formatted(
                  field,
                  Durations.print(value),
                  Durations.print(SHORTEST),
                  Durations.print(LONGEST)));
    }
  }
}
