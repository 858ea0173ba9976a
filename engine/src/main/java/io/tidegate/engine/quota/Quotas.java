package io.tidegate.engine.quota;

import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.Allowance;
import io.tidegate.engine.admission.Feature;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.quota.account.Account;
import io.tidegate.engine.quota.account.Accounts;
import io.tidegate.engine.quota.account.Buckets;
import io.tidegate.engine.quota.account.Rate;
import io.tidegate.engine.quota.account.RecentUse;
import io.tidegate.engine.quota.account.TokenEstimate;
import io.tidegate.engine.tier.Tier;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * What subscribers, tiers and features are entitled to, and what they hold of it.
 *
 * <p>A request is first judged by {@link #check}, which changes nothing, and when nothing else
 * stands against it takes its part by {@link #take}: everything or nothing. Whoever has never asked
 * before has no account, which is the same as having used nothing.
 *
 * <p><b>Threading:</b> any thread; {@link #sweep} by one thread at a time for each shard.
 *
 * <p><b>Progress:</b> lock-free, but that making and forgetting an account holds a bin of a map for
 * a few instructions. A denial allocates nothing.
 *
 * <p><b>Ordering:</b> each quota is exact by itself: it is raised by compare-and-set from the value
 * that was judged. They are taken one after the other, so a request that fails at the last may for
 * a moment have held the others; two that overlap may then both be denied.
 *
 * <p><b>Source:</b> rates as in {@link Rate}, use as in {@link RecentUse}.
 */
public final class Quotas {
  private final AtomicReferenceArray<TierEntitlements> byTier;
  private final Accounts accounts;
  private final FeatureQuotas features;
  private final SessionQuotas sessions;
  private final TokenEstimate estimate;
  private final LongAdder deniedWithoutAccount = new LongAdder();

  /**
   * Quotas of which nothing is used.
   *
   * @param source where tiers' quotas of open sessions come from
   * @param shards into how many parts accounts are divided, a power of two
   */
  public Quotas(QuotaSettings settings, QuotaSource source, int shards) {
    this(entitlements(settings.byTier()), settings, Optional.of(source), shards);
  }

  private Quotas(
      AtomicReferenceArray<TierEntitlements> byTier,
      QuotaSettings settings,
      Optional<QuotaSource> source,
      int shards) {
    this.byTier = byTier;
    this.features = new FeatureQuotas(settings.features());
    this.accounts = new Accounts(shards, settings.maxSubscribers());
    this.sessions =
        new SessionQuotas(
            byTier,
            source.orElse((tier, nowNanos) -> byTier.get(tier.index()).sessions()),
            accounts);
    this.estimate = new TokenEstimate(byTier.length());
  }

  /** Quotas that come from the configuration alone. */
  public Quotas(QuotaSettings settings, int shards) {
    this(entitlements(settings.byTier()), settings, Optional.empty(), shards);
  }

  /**
   * Gives tiers other quotas for requests that come from now on; whoever holds more keeps it.
   *
   * @param quotas a tier's quotas are at its index
   */
  public void change(List<TierQuotas> quotas) {
    if (quotas.size() != byTier.length()) {
      throw new IllegalArgumentException(
          "quotas for %d tiers, and there are %d".formatted(quotas.size(), byTier.length()));
    }
    for (int index = 0; index < quotas.size(); index++) {
      byTier.set(index, TierEntitlements.of(quotas.get(index)));
    }
  }

  private static AtomicReferenceArray<TierEntitlements> entitlements(List<TierQuotas> quotas) {
    return new AtomicReferenceArray<>(
        quotas.stream().map(TierEntitlements::of).toArray(TierEntitlements[]::new));
  }

  /**
   * What stands against the request now; changes nothing, allocates nothing.
   *
   * @param tier the one the subscriber is in now
   * @param limitSeats the ceiling of inflight seats, of which features may have a share
   * @return a {@link Denial}
   */
  public long check(AdmissionRequest request, Tier tier, int limitSeats, long nowNanos) {
    long denial = FeatureQuotas.checkPlan(request.features(), tier);
    if (denial != Denial.NONE) {
      return denial;
    }
    Account account = accounts.get(request.subscriber().id());
    if (account == null && accounts.full()) {
      return denyAccount();
    }
    if (account != null) {
      denial = checkAccount(account, request, tier, nowNanos);
      if (denial != Denial.NONE) {
        return denial;
      }
    }
    return features.checkSeats(request.features(), request.seats(), limitSeats);
  }

  /**
   * Takes what the request needs, everything or nothing.
   *
   * @param into filled only if nothing is denied; an empty one, or one that has ended
   * @param limitSeats the ceiling of inflight seats, of which features may have a share
   * @return a {@link Denial}
   */
  public long take(
      Holding into, AdmissionRequest request, Tier tier, int limitSeats, long nowNanos) {
    long denial = FeatureQuotas.checkPlan(request.features(), tier);
    if (denial != Denial.NONE) {
      return denial;
    }
    denial = begin(into, request, tier, nowNanos);
    if (denial != Denial.NONE) {
      return denial;
    }
    denial = takeRates(into, request, tier, nowNanos);
    if (denial == Denial.NONE) {
      denial = features.take(into, request.features(), request.seats(), limitSeats, nowNanos);
    }
    if (denial != Denial.NONE) {
      into.giveBack(nowNanos);
    }
    return denial;
  }

  /** What is left of the subscriber's requests a minute; empty if they are unlimited. */
  public Optional<Allowance> requestsAllowance(String subscriber, Tier tier, long nowNanos) {
    return byTier
        .get(tier.index())
        .requestsRate()
        .map(rate -> rate.allowance(fullAt(subscriber, Buckets.REQUESTS, nowNanos), nowNanos));
  }

  /** What is left of the subscriber's tokens a minute; empty if they are unlimited. */
  public Optional<Allowance> tokensAllowance(String subscriber, Tier tier, long nowNanos) {
    return byTier
        .get(tier.index())
        .tokensRate()
        .map(rate -> rate.allowance(fullAt(subscriber, Buckets.TOKENS, nowNanos), nowNanos));
  }

  /** The quotas of open sessions. */
  public SessionQuotas sessions() {
    return sessions;
  }

  /** Seats that requests of that feature hold or wait for. */
  public long featureSeats(Feature feature) {
    return features.seats(feature);
  }

  /** The subscriber's account, if there is one. */
  public Optional<Account> account(String subscriber) {
    return accounts.find(subscriber);
  }

  /** Of how many subscribers books are kept. */
  public int subscribers() {
    return accounts.count();
  }

  /** How many requests were denied because there was no place for another subscriber's books. */
  public long deniedWithoutAccount() {
    return deniedWithoutAccount.sum();
  }

  /**
   * Looks at the next few accounts of a shard, and forgets those whose subscribers hold nothing,
   * have full buckets, and were not served lately.
   *
   * @param looks how many to look at
   * @return how many were forgotten
   */
  public int sweep(int shard, int looks, long nowNanos) {
    return accounts.sweep(shard, looks, nowNanos);
  }

  private long begin(Holding into, AdmissionRequest request, Tier tier, long nowNanos) {
    int most = byTier.get(tier.index()).parallelRequests();
    while (true) {
      Account account = accounts.getOrMake(request.subscriber().id(), nowNanos);
      if (account == null) {
        return denyAccount();
      }
      switch (account.begin(most)) {
        case BEGUN -> {
          into.begun(account, tier, features, estimate, request);
          return Denial.NONE;
        }
        case TOO_MANY -> {
          return Denial.of(RefusalReason.OVER_PARALLEL);
        }
        case GONE -> accounts.remove(account);
      }
    }
  }

  private long takeRates(Holding into, AdmissionRequest request, Tier tier, long nowNanos) {
    Rate requests = byTier.get(tier.index()).requests();
    if (requests != null) {
      long costNanos = requests.costNanos(1);
      long waitNanos = take(into, Buckets.REQUESTS, requests, costNanos, nowNanos);
      if (waitNanos > 0) {
        return Denial.of(RefusalReason.OVER_RATE, waitNanos);
      }
      into.tookRequest(costNanos);
    }
    Rate tokens = byTier.get(tier.index()).tokens();
    if (tokens != null) {
      long costNanos = tokens.costNanos(estimate.tokens(request, tier));
      long waitNanos = take(into, Buckets.TOKENS, tokens, costNanos, nowNanos);
      if (waitNanos > 0) {
        return Denial.of(RefusalReason.OVER_RATE, waitNanos);
      }
      into.tookTokens(tokens, costNanos);
    }
    return Denial.NONE;
  }

  private long take(Holding into, int bucket, Rate rate, long costNanos, long nowNanos) {
    Buckets buckets = into.account().makeBuckets(features.buckets(), nowNanos);
    return buckets.take(bucket, rate, costNanos, nowNanos);
  }

  private long checkAccount(Account account, AdmissionRequest request, Tier tier, long nowNanos) {
    TierEntitlements entitled = byTier.get(tier.index());
    long waitNanos =
        Math.max(
            waitNanos(account, Buckets.REQUESTS, entitled.requests(), 1, nowNanos),
            waitNanos(
                account,
                Buckets.TOKENS,
                entitled.tokens(),
                estimate.tokens(request, tier),
                nowNanos));
    if (waitNanos > 0) {
      return Denial.of(RefusalReason.OVER_RATE, waitNanos);
    }
    long denial = features.checkUses(account, request.features(), nowNanos);
    return denial == Denial.NONE && account.requests() >= entitled.parallelRequests()
        ? Denial.of(RefusalReason.OVER_PARALLEL)
        : denial;
  }

  private long denyAccount() {
    deniedWithoutAccount.increment();
    return Denial.of(RefusalReason.TIER_FULL);
  }

  private long fullAt(String subscriber, int bucket, long nowNanos) {
    Account account = accounts.get(subscriber);
    return account == null ? nowNanos : account.fullAtNanos(bucket, nowNanos);
  }

  private static long waitNanos(
      Account account, int bucket, Rate rate, long amount, long nowNanos) {
    return rate == null
        ? 0
        : rate.waitNanos(account.fullAtNanos(bucket, nowNanos), rate.costNanos(amount), nowNanos);
  }
}
