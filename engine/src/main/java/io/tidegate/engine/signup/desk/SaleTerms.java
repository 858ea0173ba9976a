package io.tidegate.engine.signup.desk;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * On what terms one plan is sold.
 *
 * @param plan a tier's name
 * @param places how many subscriptions there may be; empty: any number
 * @param holds for each channel that sells, how long it holds a place
 * @param grace how long after its end a subscription is taken up again as the old one; empty:
 *     forever
 * @param claim how long an invite waits to be claimed
 */
public record SaleTerms(
    String plan,
    OptionalLong places,
    Map<String, Duration> holds,
    Optional<Duration> grace,
    Duration claim) {

  public SaleTerms {
    Objects.requireNonNull(plan, "plan");
    Objects.requireNonNull(places, "places");
    Objects.requireNonNull(grace, "grace");
    holds = Collections.unmodifiableMap(new LinkedHashMap<>(holds));
    if (holds.isEmpty()) {
      throw new IllegalArgumentException("the plan %s is sold by no channel".formatted(plan));
    }
    if (places.isPresent() && places.getAsLong() < 0) {
      throw new IllegalArgumentException("places: " + places.getAsLong());
    }
    if (claim.toMillis() < 1) {
      throw new IllegalArgumentException("an invite needs time to be claimed, not " + claim);
    }
  }

  /** The channel of whoever names none. */
  public String firstChannel() {
    return holds.keySet().iterator().next();
  }
}
