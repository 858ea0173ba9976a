package io.tidegate.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.Feature;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.quota.Denial;
import io.tidegate.engine.quota.Holding;
import io.tidegate.engine.quota.QuotaSettings;
import io.tidegate.engine.quota.Quotas;
import io.tidegate.engine.quota.TierQuotas;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/**
 * A storm of requests that are over a quota makes no garbage, whoever they come from.
 *
 * <p>Shown red by hand: {@code Quotas.check} that makes an account for whoever asks; {@code
 * SessionQuotas.longestIdleSinceMillis} that walks a stream.
 */
class DenialAllocationTest {
  private static final int DENIALS = 100_000;
  // The measurement itself and a late compilation may cost a little; one object each would be 2 MB.
  private static final long TINY_BYTES = 16_384;
  private static final int LIMIT = 10;
  private static final Tier PLUS = TierTable.defaults().best();
  private static final Tier FREE = TierTable.defaults().find("free").orElseThrow();
  private static final Feature VISION =
      new Feature("vision", 0, Set.of(PLUS), 1, OptionalDouble.of(.2), Optional.empty());
  private static final Feature RARE =
      new Feature(
          "rare",
          1,
          Set.of(),
          1,
          OptionalDouble.empty(),
          Optional.of(new Feature.Quota(1, Duration.ofHours(1))));

  private final long now = 0;
  private final Quotas quotas = quotas();
  private final Sessions sessions =
      new Sessions(new SessionSettings(Duration.ofMinutes(10), 4, 100), quotas, now);

  @Test
  void allocatesNothingForWhoeverIsOverAQuota() {
    take(from("rate")).finish(0, 0, now);
    take(from("rate")).finish(0, 0, now);
    take(from("rate")).finish(0, 0, now);
    assertAllocatesNothing(RefusalReason.OVER_RATE, from("rate"), PLUS);

    take(from("parallel"));
    take(from("parallel"));
    assertAllocatesNothing(RefusalReason.OVER_PARALLEL, from("parallel"), PLUS);

    take(with("use", RARE)).finish(0, 0, now);
    assertAllocatesNothing(RefusalReason.OVER_FEATURE, with("use", RARE), PLUS);

    take(with("share", VISION));
    take(with("share", VISION));
    assertAllocatesNothing(RefusalReason.FEATURE_FULL, with("never seen", VISION), PLUS);
    assertAllocatesNothing(RefusalReason.NOT_IN_PLAN, with("never seen", VISION), FREE);

    take(from("last"));
    assertAllocatesNothing(RefusalReason.TIER_FULL, from("never seen"), PLUS);
  }

  @Test
  void allocatesNothingForWhoeverHasTooManySessions() {
    open("ann", "a");
    open("ann", "b");
    AdmissionRequest third = from("ann").withSession("c");
    AdmissionRequest stranger = from("never seen").withSession("c");

    assertAllocatesNothing(
        RefusalReason.OVER_SESSIONS, () -> sessions.check(third.session(), PLUS, now));
    open("bob", "a");
    assertAllocatesNothing(
        RefusalReason.TIER_FULL, () -> sessions.check(stranger.session(), PLUS, now));
    AdmissionRequest open = from("bob").withSession("a");
    assertAllocatesNothing(() -> sessions.isOpen(open.session()) ? 1 : 0);
  }

  private void assertAllocatesNothing(RefusalReason reason, AdmissionRequest request, Tier tier) {
    assertAllocatesNothing(reason, () -> quotas.check(request, tier, LIMIT, now));
  }

  private static void assertAllocatesNothing(RefusalReason reason, LongSupplier denial) {
    assertThat(Denial.reason(denial.getAsLong())).isEqualTo(reason);
    assertAllocatesNothing(denial);
  }

  private static void assertAllocatesNothing(LongSupplier denial) {
    repeat(denial);
    long before = allocatedBytes();
    repeat(denial);
    assertThat(allocatedBytes() - before).isLessThan(TINY_BYTES);
  }

  private static void repeat(LongSupplier denial) {
    for (int time = 0; time < DENIALS; time++) {
      if (denial.getAsLong() == Denial.NONE) {
        throw new AssertionError("nothing was denied");
      }
    }
  }

  private static long allocatedBytes() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  private Holding take(AdmissionRequest request) {
    Holding holding = new Holding();
    assertThat(quotas.take(holding, request, PLUS, LIMIT, now)).isEqualTo(Denial.NONE);
    return holding;
  }

  private void open(String subscriber, String name) {
    AdmissionRequest request = from(subscriber).withSession(name);
    Holding holding = take(request);
    Visit visit = new Visit();
    assertThat(sessions.enter(visit, request.session(), holding.account(), PLUS, now))
        .isEqualTo(Denial.NONE);
    visit.admitted();
    visit.ended(now);
    holding.finish(0, 0, now);
  }

  private static AdmissionRequest from(String subscriber) {
    return AdmissionRequest.of(new Subscriber(subscriber, PLUS));
  }

  private static AdmissionRequest with(String subscriber, Feature feature) {
    return from(subscriber).withFeatures(List.of(feature));
  }

  private static Quotas quotas() {
    TierQuotas each =
        new TierQuotas(
            OptionalInt.of(3),
            OptionalInt.of(2),
            OptionalInt.of(2),
            OptionalInt.of(3),
            OptionalLong.of(1_000_000));
    return new Quotas(new QuotaSettings(List.of(each, each, each), List.of(VISION, RARE), 5), 4);
  }
}
