package io.tidegate.engine.quota;

import io.tidegate.engine.tier.Tier;
import java.util.List;

/**
 * Where a tier's quota of open sessions comes from: the configuration on a single node, a leased
 * slice of it where several nodes share the tier.
 *
 * <p>Asked for every session that opens, on the caller's thread: it answers at once, from memory,
 * and allocates nothing. A quota that has fallen below what is open closes nothing; nobody else
 * gets in until enough have closed.
 */
public interface QuotaSource {
  /** The answer for a tier without a quota. */
  int UNLIMITED = Integer.MAX_VALUE;

  /** How many sessions of that tier may be open on this node now, 0 or more. */
  int sessions(Tier tier, long nowNanos);

  /**
   * The whole quota, as configured.
   *
   * @param byTier a tier's quotas are at its index
   */
  static QuotaSource local(List<TierQuotas> byTier) {
    int[] sessions =
        byTier.stream().mapToInt(quotas -> quotas.sessions().orElse(UNLIMITED)).toArray();
    return (tier, nowNanos) -> sessions[tier.index()];
  }
}
