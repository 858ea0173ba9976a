package io.tidegate.http.config.admission;

import io.tidegate.engine.quota.TierQuotas;
import io.tidegate.http.config.yaml.Section;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** Reads what one tier is entitled to. */
final class TierTermsReader {

  private static final String NONE = "unlimited";

  private TierTermsReader() {}

  /** The terms of a tier, given those of its place in the shed order, which is not known yet. */
  static UnaryOperator<TierTerms> read(Section section) {
    TierQuotas quotas =
        new TierQuotas(
            quota(section.integer("sessions", Allowed.TIER_SESSIONS, NONE)),
            quota(section.integer("sessions_per_subscriber", Allowed.PER_SUBSCRIBER, NONE)),
            quota(section.integer("parallel_requests", Allowed.PER_SUBSCRIBER, NONE)),
            quota(section.integer("requests_per_minute", Allowed.REQUESTS_PER_MINUTE, NONE)),
            section.integer("tokens_per_minute", Allowed.TOKENS_PER_MINUTE, NONE));
    return section.section(
        "max_wait",
        waits -> {
          Optional<Duration> opening = wait(waits, "opening");
          Optional<Duration> continuing = wait(waits, "continuing");
          return place ->
              new TierTerms(
                  quotas,
                  opening.orElse(place.openingMaxWait()),
                  continuing.orElse(place.continuingMaxWait()));
        });
  }

  private static Optional<Duration> wait(Section section, String key) {
    return section.duration(key, Duration.ZERO, Allowed.LONGEST_MAX_WAIT);
  }

  private static OptionalInt quota(OptionalLong number) {
    return number.isPresent() ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty();
  }
}
