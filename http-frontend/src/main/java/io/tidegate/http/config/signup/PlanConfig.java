package io.tidegate.http.config.signup;

import io.tidegate.engine.signup.ledger.PlanTerms;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A plan that is sold.
 *
 * @param terms its name and what its capacity carries
 * @param channels by which it is paid for, at least one, each once
 * @param hold how long a place is held for somebody who pays by a channel, 1 m to 30 d; an entry
 *     for each channel
 * @param grace so long after a subscription ended its owner comes back without signing up anew, 1 h
 *     to 3650 d; empty: forever
 * @param claim how long an invite can be claimed, 1 m to 30 d
 */
public record PlanConfig(
    PlanTerms terms,
    List<String> channels,
    Map<String, Duration> hold,
    Optional<Duration> grace,
    Duration claim) {

  public PlanConfig {
    Objects.requireNonNull(terms, "terms");
    Objects.requireNonNull(grace, "grace");
    channels = List.copyOf(channels);
    hold = Collections.unmodifiableMap(new LinkedHashMap<>(hold));
    if (channels.isEmpty() || !hold.keySet().equals(Set.copyOf(channels))) {
      throw new IllegalArgumentException(
          "signups.hold: %s are not the channels, %s".formatted(hold.keySet(), channels));
    }
    hold.values().forEach(time -> SignupRanges.check("signups.hold", time));
    SignupRanges.check("signups.claim", claim);
  }

  /** A plan that is sold without a cap, by card. */
  public static PlanConfig of(PlanTerms terms) {
    return new PlanConfig(
        terms,
        List.of(SignupRanges.CARD),
        Map.of(SignupRanges.CARD, SignupRanges.CARD_HOLD),
        Optional.empty(),
        SignupRanges.CLAIM);
  }

  /** The plan's name, which is a tier's. */
  public String name() {
    return terms.plan();
  }
}
