package io.tidegate.engine.quota;

import io.tidegate.engine.quota.account.Rate;
import java.util.Optional;

/**
 * A tier's quotas in the form in which requests are judged by them.
 *
 * @param parallelRequests the most, a very large number if unlimited
 * @param sessionsPerSubscriber the most, a very large number if unlimited
 * @param sessions of the whole tier, the most, a very large number if unlimited
 * @param requests a minute; null if unlimited, for the path on which nothing may be allocated
 * @param tokens a minute; null if unlimited
 */
record TierEntitlements(
    int parallelRequests, int sessionsPerSubscriber, int sessions, Rate requests, Rate tokens) {

  static TierEntitlements of(TierQuotas quotas) {
    return new TierEntitlements(
        quotas.parallelRequests().orElse(Integer.MAX_VALUE),
        quotas.sessionsPerSubscriber().orElse(Integer.MAX_VALUE),
        quotas.sessions().orElse(QuotaSource.UNLIMITED),
        quotas.requestsPerMinute().isPresent()
            ? Rate.perMinute(quotas.requestsPerMinute().getAsInt())
            : null,
        quotas.tokensPerMinute().isPresent()
            ? Rate.perMinute(quotas.tokensPerMinute().getAsLong())
            : null);
  }

  Optional<Rate> requestsRate() {
    return Optional.ofNullable(requests);
  }

  Optional<Rate> tokensRate() {
    return Optional.ofNullable(tokens);
  }
}
