package io.tidegate.http.config.admission;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who is treated as a new subscriber, whatever tier they have paid for.
 *
 * @param tier as which they are treated
 * @param window so long after their subscription began, 1 s to 3650 d; longer for whoever came
 *     during a surge, while it lasts
 * @param atMost but never for longer, from the window to 3650 d
 */
public record NewSubscriberConfig(String tier, Duration window, Duration atMost) {

  static final String DEFAULT_TIER = "new";
  static final Duration DEFAULT_WINDOW = Duration.ofDays(7);
  static final Duration DEFAULT_AT_MOST = Duration.ofDays(14);
  static final Duration SHORTEST = Duration.ofSeconds(1);

  public NewSubscriberConfig {
    Allowed.check("new_subscribers.for", window, SHORTEST, Allowed.LONGEST_NEWNESS);
    Allowed.check("new_subscribers.at_most", atMost, window, Allowed.LONGEST_NEWNESS);
  }

  /** Seven days, at most fourteen, if a tier is called {@code new} and is not the best one. */
  static Optional<NewSubscriberConfig> defaultAmong(List<String> shedOrder) {
    return shedOrder.subList(0, shedOrder.size() - 1).contains(DEFAULT_TIER)
        ? Optional.of(new NewSubscriberConfig(DEFAULT_TIER, DEFAULT_WINDOW, DEFAULT_AT_MOST))
        : Optional.empty();
  }
}
