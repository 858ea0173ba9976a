package io.tidegate.http.config.admission;

import io.tidegate.engine.quota.TierQuotas;
import java.time.Duration;
import java.util.Objects;

/**
 * What one tier's subscribers are entitled to, and how long their requests may wait for a seat.
 *
 * @param quotas whatever is empty is unlimited
 * @param openingMaxWait of a request that opens a session, 0 to 60 s; 0: it never waits
 * @param continuingMaxWait of one that continues a session, 0 to 60 s
 */
public record TierTerms(TierQuotas quotas, Duration openingMaxWait, Duration continuingMaxWait) {

  public TierTerms {
    Objects.requireNonNull(quotas, "quotas");
    Allowed.check(
        "tiers.max_wait.opening", openingMaxWait, Duration.ZERO, Allowed.LONGEST_MAX_WAIT);
    Allowed.check(
        "tiers.max_wait.continuing", continuingMaxWait, Duration.ZERO, Allowed.LONGEST_MAX_WAIT);
  }

  /**
   * No quotas, and the waits that go with a tier's place. Whoever is shed first is not let wait to
   * open a session: their answers would come too late to be worth the seat.
   *
   * @param best whether it is the tier that is shed last
   * @param worst whether it is the tier that is shed first
   */
  static TierTerms defaults(boolean best, boolean worst) {
    if (best) {
      return new TierTerms(TierQuotas.unlimited(), Duration.ofSeconds(5), Duration.ofSeconds(5));
    }
    return new TierTerms(
        TierQuotas.unlimited(), Duration.ofSeconds(worst ? 0 : 1), Duration.ofSeconds(2));
  }
}
