package io.tidegate.engine.quota;

import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.quota.account.Account;
import io.tidegate.engine.quota.account.Accounts;
import io.tidegate.engine.quota.account.ChargedSession;
import io.tidegate.engine.quota.account.PaddedCounts;
import io.tidegate.engine.tier.Tier;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * How many sessions each tier and each subscriber has open, counted exactly.
 *
 * <p><b>Threading:</b> any thread.
 *
 * <p><b>Progress:</b> lock-free; a denial allocates nothing.
 *
 * <p><b>Ordering:</b> both counts are raised by compare-and-set from the value that was judged, the
 * subscriber's first. A session that the tier denies holds the subscriber's place for a moment.
 *
 * <p><b>Source:</b> none.
 */
public final class SessionQuotas {
  private final AtomicReferenceArray<TierEntitlements> byTier;
  private final QuotaSource source;
  private final Accounts accounts;
  private final PaddedCounts open;

  SessionQuotas(
      AtomicReferenceArray<TierEntitlements> byTier, QuotaSource source, Accounts accounts) {
    this.byTier = byTier;
    this.source = source;
    this.accounts = accounts;
    this.open = new PaddedCounts(byTier.length());
  }

  /** Sessions charged to that tier, those included that are just being opened. */
  public long open(Tier tier) {
    return open.get(tier.index());
  }

  /**
   * What stands against one more session now; changes nothing, allocates nothing.
   *
   * @param subscriber the subscriber's id
   * @return a {@link Denial} without a time: see {@link #longestIdleSinceMillis}
   */
  public long check(String subscriber, Tier tier, long nowNanos) {
    Account account = accounts.get(subscriber);
    if (account != null && account.sessions() >= byTier.get(tier.index()).sessionsPerSubscriber()) {
      return Denial.of(RefusalReason.OVER_SESSIONS);
    }
    return open(tier) < source.sessions(tier, nowNanos)
        ? Denial.NONE
        : Denial.of(RefusalReason.TIER_FULL);
  }

  /**
   * Charges one more session to the subscriber and the tier.
   *
   * @param account of a request that is being held, so that it cannot be forgotten meanwhile
   * @return a {@link Denial} without a time
   */
  public long charge(Account account, Tier tier, long nowNanos) {
    if (!account.openSession(byTier.get(tier.index()).sessionsPerSubscriber())) {
      return Denial.of(RefusalReason.OVER_SESSIONS);
    }
    if (!open.add(tier.index(), 1, source.sessions(tier, nowNanos))) {
      account.closeSession();
      return Denial.of(RefusalReason.TIER_FULL);
    }
    return Denial.NONE;
  }

  /** A charged session is open: from now on it is known when it can close, if anybody may ask. */
  public void opened(Account account, int tierIndex, ChargedSession session) {
    if (byTier.get(tierIndex).sessionsPerSubscriber() < Integer.MAX_VALUE) {
      account.track(session);
    }
  }

  /**
   * Since when that one of the subscriber's sessions was idle that was idle longest; {@link
   * Long#MAX_VALUE} if there is none. Known in tiers with a quota of sessions for each subscriber.
   */
  public long longestIdleSinceMillis(String subscriber) {
    Account account = accounts.get(subscriber);
    return account == null ? Long.MAX_VALUE : account.longestIdleSinceMillis();
  }

  /**
   * Takes one charge back.
   *
   * @param account it was charged to
   * @param tierIndex index of the tier it was charged to, whatever the subscriber's tier is now
   */
  public void refund(Account account, int tierIndex) {
    open.subtract(tierIndex, 1);
    account.closeSession();
  }
}
