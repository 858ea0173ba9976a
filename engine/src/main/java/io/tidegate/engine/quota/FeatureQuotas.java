package io.tidegate.engine.quota;

import io.tidegate.engine.admission.Feature;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.quota.account.Account;
import io.tidegate.engine.quota.account.Buckets;
import io.tidegate.engine.quota.account.PaddedCounts;
import io.tidegate.engine.quota.account.Rate;
import io.tidegate.engine.tier.Tier;
import java.util.List;

/**
 * Who may use a feature, how often, and how much of the limit its requests hold together.
 *
 * <p>Seats count from the moment a request waits or runs. One request of a feature always fits into
 * the feature's share, however small the limit is.
 *
 * <p><b>Threading:</b> any thread.
 *
 * <p><b>Progress:</b> lock-free; a denial allocates nothing.
 *
 * <p><b>Ordering:</b> that of {@link PaddedCounts} and {@link Account}.
 *
 * <p><b>Source:</b> none.
 */
final class FeatureQuotas {
  // A feature without a quota of its own has null.
  private final Rate[] rates;
  private final PaddedCounts seats;

  FeatureQuotas(List<Feature> features) {
    rates =
        features.stream()
            .map(feature -> feature.quota().map(Rate::of).orElse(null))
            .toArray(Rate[]::new);
    seats = new PaddedCounts(rates.length);
  }

  /** How many buckets an account has: one for each feature, and those before them. */
  int buckets() {
    return Buckets.FEATURES + rates.length;
  }

  long seats(Feature feature) {
    return seats.get(feature.index());
  }

  static long checkPlan(List<Feature> features, Tier tier) {
    for (int place = 0; place < features.size(); place++) {
      if (!features.get(place).isFor(tier)) {
        return Denial.of(RefusalReason.NOT_IN_PLAN);
      }
    }
    return Denial.NONE;
  }

  /** Whether the subscriber has used one of them up; the longest wait counts. */
  long checkUses(Account account, List<Feature> features, long nowNanos) {
    long longestNanos = 0;
    for (int place = 0; place < features.size(); place++) {
      Rate rate = rates[features.get(place).index()];
      if (rate != null) {
        long fullAt = account.fullAtNanos(bucket(features.get(place)), nowNanos);
        longestNanos = Math.max(longestNanos, rate.waitNanos(fullAt, rate.costNanos(1), nowNanos));
      }
    }
    return longestNanos > 0 ? Denial.of(RefusalReason.OVER_FEATURE, longestNanos) : Denial.NONE;
  }

  /** Whether one of them holds its share already. */
  long checkSeats(List<Feature> features, int wanted, int limitSeats) {
    for (int place = 0; place < features.size(); place++) {
      Feature feature = features.get(place);
      if (seats.get(feature.index()) + wanted > share(feature, wanted, limitSeats)) {
        return Denial.of(RefusalReason.FEATURE_FULL);
      }
    }
    return Denial.NONE;
  }

  /** Takes a use and seats of each, and tells the holding; stops at the first denial. */
  long take(Holding into, List<Feature> features, int wanted, int limitSeats, long nowNanos) {
    for (int place = 0; place < features.size(); place++) {
      Feature feature = features.get(place);
      long waitNanos = takeUse(into.account(), feature, nowNanos);
      if (waitNanos > 0) {
        return Denial.of(RefusalReason.OVER_FEATURE, waitNanos);
      }
      into.tookFeatureUse();
      if (!seats.add(feature.index(), wanted, share(feature, wanted, limitSeats))) {
        return Denial.of(RefusalReason.FEATURE_FULL);
      }
      into.tookFeatureSeats();
    }
    return Denial.NONE;
  }

  void putBackUse(Account account, Feature feature) {
    Rate rate = rates[feature.index()];
    if (rate != null) {
      account.buckets().putBack(bucket(feature), rate.costNanos(1));
    }
  }

  void release(Feature feature, int held) {
    seats.subtract(feature.index(), held);
  }

  private long takeUse(Account account, Feature feature, long nowNanos) {
    Rate rate = rates[feature.index()];
    return rate == null
        ? 0
        : account
            .makeBuckets(buckets(), nowNanos)
            .take(bucket(feature), rate, rate.costNanos(1), nowNanos);
  }

  private static int bucket(Feature feature) {
    return Buckets.FEATURES + feature.index();
  }

  private static long share(Feature feature, int wanted, int limitSeats) {
    return feature.maxShare().isPresent()
        ? Math.max(wanted, (long) (feature.maxShare().getAsDouble() * limitSeats))
        : Long.MAX_VALUE;
  }
}
