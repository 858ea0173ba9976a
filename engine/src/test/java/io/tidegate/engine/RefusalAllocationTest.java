package io.tidegate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.Admission.Admitted;
import io.tidegate.engine.admission.Admission.Refused;
import io.tidegate.engine.admission.Admission.Waiting;
import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.Feature;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.queue.WaitSettings;
import io.tidegate.engine.quota.QuotaSettings;
import io.tidegate.engine.quota.TierQuotas;
import io.tidegate.engine.session.SessionSettings;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A storm of refusals makes no garbage, whatever their reason: nothing in the engine grows with
 * their number. Those that the queue makes are of requests that waited, and these cost something.
 *
 * <p>Shown red by hand: {@code Refusals.of} that builds a new refusal; {@code Decisions.decide}
 * that makes a {@code Claim} before it looks.
 */
class RefusalAllocationTest {
  private static final int REFUSALS = 100_000;
  // The measurement itself and a late compilation may cost a little; one object each would be 2 MB.
  private static final long TINY_BYTES = 16_384;
  private static final TierTable TIERS = TierTable.defaults();
  private static final Tier PLUS = TIERS.best();
  private static final Tier FREE = TIERS.find("free").orElseThrow();
  private static final Tier NEW = TIERS.find("new").orElseThrow();
  private static final AdmissionRequest ANN = AdmissionRequest.of(new Subscriber("ann", PLUS));

  private long nowNanos;

  @Test
  void allocatesNothingForWantOfRoom() {
    Engine engine = start(EngineSettings.of(TIERS).withLimit(10, 0));
    take(engine, ANN.withSeats(10));

    // Each of them is here for the first time in the half minute after which they may come again.
    List<AdmissionRequest> strangers =
        IntStream.range(0, REFUSALS).mapToObj(each -> stranger("stranger-" + each, NEW)).toList();
    assertAllocatesNothing(engine, RefusalReason.NO_ROOM, strangers::get);
    AdmissionRequest back = strangers.get(REFUSALS - 1);
    assertMakesNoGarbage(0, () -> refuse(engine, RefusalReason.CAME_EARLY, each -> back));
    AdmissionRequest tooLarge = ANN.withSeats(11);
    assertAllocatesNothing(engine, RefusalReason.NO_ROOM, each -> tooLarge);
    engine.drain();
    assertAllocatesNothing(engine, RefusalReason.DRAINING, strangers::get);
  }

  @Test
  void allocatesNothingForAFullQueue() {
    WaitSettings waits = new WaitSettings(Map.of("plus-opening", Duration.ofSeconds(5)), 1);
    Engine engine = start(EngineSettings.of(TIERS).withLimit(10, 0).withWaits(waits));
    take(engine, ANN.withSeats(10));
    assertThat(engine.admit(stranger("bob", PLUS))).isInstanceOf(Waiting.class);

    List<AdmissionRequest> strangers =
        IntStream.range(0, REFUSALS).mapToObj(each -> stranger("stranger-" + each, PLUS)).toList();
    assertAllocatesNothing(engine, RefusalReason.QUEUE_FULL, strangers::get);
  }

  @Test
  void allocatesNothingForCallersOverTheirQuotas() {
    Engine parallel = quotas(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(1));
    take(parallel, ANN);
    assertAllocatesNothing(parallel, RefusalReason.OVER_PARALLEL, each -> ANN);

    Engine sessions = quotas(OptionalInt.empty(), OptionalInt.of(1), OptionalInt.empty());
    take(sessions, ANN);
    AdmissionRequest another = ANN.withSession("another");
    assertAllocatesNothing(sessions, RefusalReason.OVER_SESSIONS, each -> another);

    Engine rate =
        start(
            new TierQuotas(
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.of(1),
                OptionalLong.empty()));
    take(rate, ANN).permit().complete(Outcome.SERVED);
    assertAllocatesNothing(rate, RefusalReason.OVER_RATE, each -> ANN);
  }

  @Test
  void allocatesNothingForStrangersToAFullTier() {
    Engine engine = quotas(OptionalInt.of(1), OptionalInt.empty(), OptionalInt.empty());
    take(engine, ANN);

    List<AdmissionRequest> strangers =
        IntStream.range(0, REFUSALS).mapToObj(each -> stranger("stranger-" + each, PLUS)).toList();
    assertAllocatesNothing(engine, RefusalReason.TIER_FULL, strangers::get);
  }

  @Test
  void allocatesNothingForFeaturesThatAreOut() {
    Feature images =
        new Feature("images", 0, Set.of(PLUS), 1, OptionalDouble.of(.1), Optional.empty());
    Feature search =
        new Feature(
            "search",
            1,
            Set.of(),
            1,
            OptionalDouble.empty(),
            Optional.of(new Feature.Quota(1, Duration.ofDays(1))));
    EngineSettings settings = EngineSettings.of(TIERS).withLimit(10, 0);
    Engine engine =
        start(
            settings.withQuotas(
                new QuotaSettings(
                    settings.quotas().byTier(), List.of(images, search), Integer.MAX_VALUE)));
    take(engine, ANN.withFeatures(List.of(images)));
    take(engine, ANN.withFeatures(List.of(search)));

    AdmissionRequest used = ANN.withFeatures(List.of(search));
    assertAllocatesNothing(engine, RefusalReason.OVER_FEATURE, each -> used);
    assertThat(((Refused) engine.admit(used)).retryAfterMillis())
        .as("longer than a minute, which was made when it was needed once")
        .isGreaterThan(60_000);
    AdmissionRequest full = stranger("bob", PLUS).withFeatures(List.of(images));
    assertAllocatesNothing(engine, RefusalReason.FEATURE_FULL, each -> full);
    AdmissionRequest foreign = stranger("eve", FREE).withFeatures(List.of(images));
    assertAllocatesNothing(engine, RefusalReason.NOT_IN_PLAN, each -> foreign);
  }

  @Test
  void allocatesNothingForThoseTurnedAway() {
    Engine engine = start(EngineSettings.of(TIERS));
    Subscriber who = ANN.subscriber();

    assertMakesNoGarbage(
        0,
        () -> {
          for (int each = 0; each < REFUSALS; each++) {
            engine.turnAway(who, RefusalReason.NO_UPSTREAM, 2_000);
          }
        });
  }

  /** After half a minute whoever was told to come back may, and no quota is full again. */
  private void assertAllocatesNothing(
      Engine engine, RefusalReason reason, IntFunction<AdmissionRequest> requests) {
    assertMakesNoGarbage(31, () -> refuse(engine, reason, requests));
  }

  private void assertMakesNoGarbage(int secondsApart, Runnable storm) {
    storm.run();
    nowNanos += TimeUnit.SECONDS.toNanos(secondsApart);
    long before = allocatedBytes();
    storm.run();
    assertThat(allocatedBytes() - before).isLessThan(TINY_BYTES);
  }

  private static void refuse(
      Engine engine, RefusalReason reason, IntFunction<AdmissionRequest> requests) {
    for (int each = 0; each < REFUSALS; each++) {
      Admission decision = engine.admit(requests.apply(each));
      if (!(decision instanceof Refused refused) || refused.reason() != reason) {
        throw new AssertionError("%s was to be refused: %s".formatted(reason, decision));
      }
    }
  }

  private Engine quotas(
      OptionalInt tierSessions, OptionalInt subscriberSessions, OptionalInt parallel) {
    return start(
        new TierQuotas(
            tierSessions, subscriberSessions, parallel, OptionalInt.empty(), OptionalLong.empty()));
  }

  private Engine start(TierQuotas quotas) {
    return start(
        EngineSettings.of(TIERS)
            .withQuotas(
                new QuotaSettings(
                    Collections.nCopies(TIERS.tiers().size(), quotas),
                    List.of(),
                    QuotaSettings.DEFAULT_MAX_SUBSCRIBERS))
            .withSessions(SessionSettings.defaults().withIdleTimeout(Duration.ofSeconds(30))));
  }

  private Engine start(EngineSettings settings) {
    return Engine.stepped(settings, () -> nowNanos, () -> 0);
  }

  private static Admitted take(Engine engine, AdmissionRequest request) {
    return (Admitted) engine.admit(request);
  }

  private static AdmissionRequest stranger(String name, Tier tier) {
    return AdmissionRequest.of(new Subscriber(name, tier));
  }

  private static long allocatedBytes() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
