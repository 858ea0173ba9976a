package io.tidegate.engine.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.Allowance;
import io.tidegate.engine.admission.Feature;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.quota.account.Account;
import io.tidegate.engine.quota.account.TokenEstimate;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What subscribers and features are entitled to.
 *
 * <p>Shown red by hand: accounts that are never full, or have a place more than they may; an
 * account that is forgotten before its use has faded; a holding that keeps a feature's seats.
 */
class QuotasTest {
  private static final Tier PLUS = TierTable.defaults().best();
  private static final Tier FREE = TierTable.defaults().find("free").orElseThrow();
  private static final int LIMIT = 100;

  private static final Feature VISION =
      new Feature("vision", 0, Set.of(PLUS), 2, OptionalDouble.of(.1), Optional.empty());
  private static final Feature LONG =
      new Feature(
          "long",
          1,
          Set.of(),
          1,
          OptionalDouble.empty(),
          Optional.of(new Feature.Quota(3, Duration.ofHours(3))));

  private long now = TimeUnit.DAYS.toNanos(-3);

  @Test
  void anUnknownSubscriberHasUsedNothing() {
    Quotas quotas = quotas(parallel(1));

    assertThat(quotas.check(from("ann"), PLUS, LIMIT, now)).isEqualTo(Denial.NONE);
    assertThat(quotas.subscribers()).isZero();
  }

  @Test
  void countsParallelRequestsUntilTheyEnd() {
    Quotas quotas = quotas(parallel(2));
    Holding first = taken(quotas, from("ann"));
    taken(quotas, from("ann"));

    assertThat(Denial.reason(quotas.check(from("ann"), PLUS, LIMIT, now)))
        .isEqualTo(RefusalReason.OVER_PARALLEL);
    assertThat(Denial.reason(quotas.take(new Holding(), from("ann"), PLUS, LIMIT, now)))
        .isEqualTo(RefusalReason.OVER_PARALLEL);
    assertThat(quotas.check(from("bob"), PLUS, LIMIT, now)).isEqualTo(Denial.NONE);
    first.finish(0, 0, now);
    assertThat(quotas.check(from("ann"), PLUS, LIMIT, now)).isEqualTo(Denial.NONE);
  }

  @Test
  void tellsTheTrueTimeUntilTheNextRequest() {
    Quotas quotas = quotas(perMinute(7));
    for (int request = 0; request < 7; request++) {
      taken(quotas, from("ann")).finish(0, 0, now);
    }

    long denial = quotas.check(from("ann"), PLUS, LIMIT, now);
    assertThat(Denial.reason(denial)).isEqualTo(RefusalReason.OVER_RATE);
    // A seventh of a minute, rounded up to a millisecond.
    assertThat(Denial.retryAfterMillis(denial)).isBetween(8_571L, 8_572L);
    pass(Denial.retryAfterMillis(denial) - 2);
    assertThat(quotas.check(from("ann"), PLUS, LIMIT, now)).isNotEqualTo(Denial.NONE);
    pass(2);
    assertThat(quotas.check(from("ann"), PLUS, LIMIT, now)).isEqualTo(Denial.NONE);
  }

  @Test
  void aRequestThatIsRefusedAfterAllCostsNothing() {
    Quotas quotas = quotas(tokens(1_000));
    AdmissionRequest request = from("ann").withTokens(100, OptionalInt.of(300));
    Holding holding = taken(quotas, request);
    assertThat(tokensLeft(quotas)).isEqualTo(600);

    holding.giveBack(now);

    assertThat(tokensLeft(quotas)).isEqualTo(1_000);
    assertThat(quotas.account("ann").orElseThrow().requests()).isZero();
  }

  @Test
  void settlesTheEstimateByWhatWasUsed() {
    Quotas quotas = quotas(tokens(1_000));
    Holding shorter = taken(quotas, from("ann").withTokens(100, OptionalInt.of(300)));
    Holding longer = taken(quotas, from("ann").withTokens(100, OptionalInt.of(100)));
    assertThat(tokensLeft(quotas)).isEqualTo(400);

    shorter.finish(100, 50, now);
    assertThat(tokensLeft(quotas)).isEqualTo(650);
    longer.finish(90, 1_110, now);

    // 1,350 used of 1,000: the debt refills first.
    assertThat(tokensLeft(quotas)).isZero();
    long denial = quotas.check(from("ann").withTokens(0, OptionalInt.of(0)), PLUS, LIMIT, now);
    assertThat(Denial.retryAfterMillis(denial)).isEqualTo(21_000);
  }

  @Test
  void estimatesAnswersByWhatTheTierLatelyGot() {
    Quotas quotas = quotas(tokens(1_000_000));
    taken(quotas, from("ann"));
    assertThat(tokensLeft(quotas)).isEqualTo(1_000_000 - TokenEstimate.FIRST_GUESS_TOKENS);

    for (int answer = 0; answer < 200; answer++) {
      taken(quotas, from("bob")).finish(0, 60, now);
      pass(60_000);
    }
    taken(quotas, from("ann"));

    assertThat(1_000_000 - tokensLeft(quotas)).isCloseTo(60, within(2L));
  }

  @Test
  void whatIsLargerThanAMinutesTokensNeedsAFullBucket() {
    Quotas quotas = quotas(tokens(100));
    AdmissionRequest large = from("ann").withTokens(250, OptionalInt.of(0));

    Holding holding = taken(quotas, large);

    long denial = quotas.check(large, PLUS, LIMIT, now);
    assertThat(Denial.retryAfterMillis(denial)).isEqualTo(150_000);
    holding.finish(250, 0, now);
    pass(150_000);
    assertThat(quotas.check(large, PLUS, LIMIT, now)).isEqualTo(Denial.NONE);
  }

  @Test
  void aFeatureIsForItsTiersOnly() {
    Quotas quotas = quotas(TierQuotas.unlimited());

    long denial = quotas.check(with("ann", VISION), FREE, LIMIT, now);

    assertThat(Denial.reason(denial)).isEqualTo(RefusalReason.NOT_IN_PLAN);
    assertThat(Denial.retryAfterMillis(denial)).isZero();
    assertThat(quotas.check(with("ann", VISION), PLUS, LIMIT, now)).isEqualTo(Denial.NONE);
  }

  @Test
  void aFeatureHoldsNoMoreThanItsShareOfTheLimit() {
    Quotas quotas = quotas(TierQuotas.unlimited());
    Holding first = taken(quotas, with("ann", VISION));
    for (int request = 1; request < 5; request++) {
      taken(quotas, with("ann", VISION));
    }

    assertThat(quotas.featureSeats(VISION)).isEqualTo(10);
    assertThat(Denial.reason(quotas.check(with("bob", VISION), PLUS, LIMIT, now)))
        .isEqualTo(RefusalReason.FEATURE_FULL);
    Holding none = new Holding();
    assertThat(Denial.reason(quotas.take(none, with("bob", VISION), PLUS, LIMIT, now)))
        .isEqualTo(RefusalReason.FEATURE_FULL);
    assertThat(quotas.featureSeats(VISION)).isEqualTo(10);
    assertThat(quotas.account("bob").orElseThrow().requests()).isZero();
    first.finish(0, 0, now);
    assertThat(quotas.check(with("bob", VISION), PLUS, LIMIT, now)).isEqualTo(Denial.NONE);
  }

  @Test
  void oneRequestOfAFeatureFitsIntoAnyLimit() {
    Quotas quotas = quotas(TierQuotas.unlimited());

    taken(quotas, with("ann", VISION), 3).finish(0, 0, now);
    taken(quotas, with("ann", VISION), 3);

    assertThat(Denial.reason(quotas.check(with("ann", VISION), PLUS, 3, now)))
        .isEqualTo(RefusalReason.FEATURE_FULL);
  }

  @Test
  void aFeatureHasAQuotaForEachSubscriber() {
    Quotas quotas = quotas(TierQuotas.unlimited());
    for (int use = 0; use < 3; use++) {
      taken(quotas, with("ann", LONG)).finish(0, 0, now);
    }
    taken(quotas, with("bob", LONG)).giveBack(now);

    long denial = quotas.check(with("ann", LONG), PLUS, LIMIT, now);
    assertThat(Denial.reason(denial)).isEqualTo(RefusalReason.OVER_FEATURE);
    assertThat(Denial.retryAfterMillis(denial)).isEqualTo(Duration.ofHours(1).toMillis());
    assertThat(quotas.check(from("ann"), PLUS, LIMIT, now)).isEqualTo(Denial.NONE);
    for (int use = 0; use < 3; use++) {
      taken(quotas, with("bob", LONG)).finish(0, 0, now);
    }
  }

  @Test
  void aSubscriberWhoseTierChangesKeepsTheUsedPartOfTheBucket() {
    TierQuotas plus = perMinute(100);
    TierQuotas free = perMinute(10);
    Quotas quotas = new Quotas(new QuotaSettings(List.of(plus, free, free), List.of(), 1_000), 4);
    Holding holding = new Holding();
    for (int request = 0; request < 50; request++) {
      assertThat(quotas.take(holding, from("ann"), PLUS, LIMIT, now)).isEqualTo(Denial.NONE);
      holding.finish(0, 0, now);
    }

    assertThat(quotas.requestsAllowance("ann", FREE, now)).contains(new Allowance(10, 5, 30_000));
  }

  @Test
  void showsNoAllowanceWhereNothingIsLimited() {
    Quotas quotas = quotas(perMinute(10));

    assertThat(quotas.tokensAllowance("ann", PLUS, now)).isEmpty();
    assertThat(quotas.requestsAllowance("ann", PLUS, now)).contains(new Allowance(10, 10, 0));
  }

  @Test
  void forgetsWhoHoldsNothingAndHasUsedNothingLately() {
    Quotas quotas = quotas(perMinute(2));
    Holding running = taken(quotas, from("ann"));
    Holding ended = taken(quotas, from("bob"));
    ended.account().charge(1, now);
    ended.finish(0, 0, now);

    pass(31_000);
    assertThat(swept(quotas)).as("use has not faded").isZero();
    pass(Duration.ofMinutes(5).toMillis());
    assertThat(swept(quotas)).isEqualTo(1);
    assertThat(quotas.account("bob")).isEmpty();
    assertThat(quotas.account("ann")).isPresent();
    running.finish(0, 0, now);
    assertThat(swept(quotas)).isEqualTo(1);
    assertThat(quotas.subscribers()).isZero();
  }

  @Test
  void remembersWhoseBucketIsNotFull() {
    Quotas quotas = quotas(perMinute(2));
    taken(quotas, from("ann")).finish(0, 0, now);

    pass(29_000);
    assertThat(swept(quotas)).isZero();
    pass(1_000);
    assertThat(swept(quotas)).isEqualTo(1);
  }

  @Test
  void refusesNewcomersWhenThereAreTooManySubscribers() {
    Quotas quotas =
        new Quotas(
            new QuotaSettings(List.of(parallel(5), parallel(5), parallel(5)), List.of(), 2), 4);
    taken(quotas, from("ann"));
    Holding bob = taken(quotas, from("bob"));

    assertThat(Denial.reason(quotas.check(from("eve"), PLUS, LIMIT, now)))
        .isEqualTo(RefusalReason.TIER_FULL);
    // The last place may have gone since somebody looked.
    assertThat(Denial.reason(quotas.take(new Holding(), from("eve"), PLUS, LIMIT, now)))
        .isEqualTo(RefusalReason.TIER_FULL);
    assertThat(quotas.check(from("ann"), PLUS, LIMIT, now)).isEqualTo(Denial.NONE);
    assertThat(quotas.deniedWithoutAccount()).isEqualTo(2);
    bob.finish(0, 0, now);
    assertThat(swept(quotas)).isEqualTo(1);
    taken(quotas, from("eve"));
    assertThat(quotas.subscribers()).isEqualTo(2);
  }

  @Test
  void useFadesByEInAMinuteAndKeepsItsOrder() {
    Quotas quotas = quotas(TierQuotas.unlimited());
    Account ann = taken(quotas, from("ann")).account();
    Account bob = taken(quotas, from("bob")).account();
    ann.charge(2, now);
    assertThat(ann.use(now)).isCloseTo(2, within(1e-9));

    pass(60_000);
    bob.charge(1, now);

    assertThat(ann.use(now)).isCloseTo(2 / Math.E, within(1e-6));
    assertThat(ann.useOrder()).isLessThan(bob.useOrder());
    ann.charge(1, now);
    assertThat(ann.use(now)).isCloseTo(1 + 2 / Math.E, within(1e-6));
    pass(Duration.ofDays(300).toMillis());
    assertThat(ann.useOrder()).isGreaterThan(bob.useOrder());
    ann.charge(1, now);
    assertThat(ann.use(now)).isCloseTo(1, within(1e-9));
  }

  private Holding taken(Quotas quotas, AdmissionRequest request) {
    return taken(quotas, request, LIMIT);
  }

  private Holding taken(Quotas quotas, AdmissionRequest request, int limit) {
    Holding holding = new Holding();
    assertThat(quotas.check(request, PLUS, limit, now)).isEqualTo(Denial.NONE);
    assertThat(quotas.take(holding, request, PLUS, limit, now)).isEqualTo(Denial.NONE);
    return holding;
  }

  private long tokensLeft(Quotas quotas) {
    return quotas.tokensAllowance("ann", PLUS, now).orElseThrow().remaining();
  }

  private int swept(Quotas quotas) {
    int forgotten = 0;
    for (int shard = 0; shard < 4; shard++) {
      forgotten += quotas.sweep(shard, 100, now);
    }
    return forgotten;
  }

  private void pass(long millis) {
    now += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private static AdmissionRequest from(String subscriber) {
    return AdmissionRequest.of(new Subscriber(subscriber, PLUS));
  }

  private static AdmissionRequest with(String subscriber, Feature feature) {
    return from(subscriber).withFeatures(List.of(feature));
  }

  private static Quotas quotas(TierQuotas forAll) {
    return new Quotas(
        new QuotaSettings(List.of(forAll, forAll, forAll), List.of(VISION, LONG), 1_000), 4);
  }

  private static TierQuotas parallel(int most) {
    return new TierQuotas(
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.of(most),
        OptionalInt.empty(),
        OptionalLong.empty());
  }

  private static TierQuotas perMinute(int requests) {
    return new TierQuotas(
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.of(requests),
        OptionalLong.empty());
  }

  private static TierQuotas tokens(long perMinute) {
    return new TierQuotas(
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalLong.of(perMinute));
  }
}
