package io.tidegate.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.Sequences;
import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.Feature;
import io.tidegate.engine.admission.SessionKey;
import io.tidegate.engine.quota.Denial;
import io.tidegate.engine.quota.Holding;
import io.tidegate.engine.quota.QuotaSettings;
import io.tidegate.engine.quota.Quotas;
import io.tidegate.engine.quota.TierQuotas;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * Three threads ask for few sessions of few subscribers, while a fourth lets time pass, closes what
 * is idle and forgets accounts: no bound is ever passed, a session with an admitted request in
 * progress is open, and at rest every count is exact.
 *
 * <p>Shown red by hand: {@code SessionSlot.set} and {@code Account.begin} that write without
 * comparing; {@code ShardIndex.remove} that removes whatever is under the key; {@code
 * ShardIndex.step} that looks whether a session is stale, then closes it; {@code Sessions.open}
 * that does not refund when it is overtaken.
 */
class SessionTortureTest {
  private static final int THREADS = 3;
  private static final int REQUESTS = 60_000;
  private static final int SUBSCRIBERS = 6;
  private static final int SESSIONS = 4;
  private static final int PARALLEL = 4;
  private static final int TIER_QUOTA = 4;
  private static final int SUBSCRIBER_QUOTA = 3;
  private static final int LIMIT = 20;
  private static final int SHARE_SEATS = 5;
  private static final int MAX_SESSIONS = 50;
  private static final Duration IDLE = Duration.ofMillis(40);
  private static final TierTable TIERS = TierTable.defaults();
  private static final Feature FEATURE =
      new Feature(
          "f", 0, Set.of(), 1, OptionalDouble.of(SHARE_SEATS / (double) LIMIT), Optional.empty());

  private final long seed = Sequences.seed();
  private final AtomicLong now = new AtomicLong(TimeUnit.DAYS.toNanos(1));
  private final Quotas quotas = quotas();
  private final Sessions sessions =
      new Sessions(new SessionSettings(IDLE, 2, MAX_SESSIONS), quotas, now.get());
  private final AtomicIntegerArray parallel = new AtomicIntegerArray(SUBSCRIBERS);
  private final AtomicLong featureSeats = new AtomicLong();
  private final AtomicLong expired = new AtomicLong();
  private final ExecutorService pool = Executors.newFixedThreadPool(THREADS + 1);

  @AfterEach
  void stop() {
    pool.shutdownNow();
  }

  @RepeatedTest(3)
  void countsExactlyUnderAStorm() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    Future<?> owner = pool.submit(() -> own(over));
    List<Future<?>> askers = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      Random random = new Random(seed + thread);
      askers.add(pool.submit(() -> ask(random)));
    }
    for (Future<?> asker : askers) {
      asker.get();
    }
    over.set(true);
    owner.get();

    assertThat(expired.get()).as("sessions closed by the owner").isPositive();
    assertExact();
    pass(IDLE.multipliedBy(3));
    for (Tier tier : TIERS.tiers()) {
      assertThat(sessions.open(tier)).as("seed %d", seed).isZero();
    }
    assertThat(quotas.featureSeats(FEATURE)).isZero();
    assertThat(sessions.places()).as("seed %d", seed).isZero();
    pass(Duration.ofHours(1));
    pass(Duration.ofHours(1));
    assertThat(quotas.subscribers()).as("seed %d", seed).isZero();
  }

  @Test
  void twoWhoOpenTheSameSessionAreChargedOnce() throws Exception {
    int rounds = 5_000;
    AtomicInteger ready = new AtomicInteger();
    Callable<Void> opener =
        () -> {
          open(rounds, ready);
          return null;
        };
    Future<Void> one = pool.submit(opener);
    Future<Void> other = pool.submit(opener);
    one.get();
    other.get();
    assertThat(sessions.open(tierOf(0))).isZero();
    assertThat(sessions.places()).isZero();
  }

  private void open(int rounds, AtomicInteger ready) {
    try {
      Holding holding = new Holding();
      for (int round = 0; round < rounds; round++) {
        take(holding, 0);
        meet(ready, 4 * round + 2);
        Visit visit = new Visit();
        assertThat(sessions.enter(visit, key(0, "s"), holding.account(), tierOf(0), now.get()))
            .isEqualTo(Denial.NONE);
        assertThat(sessions.open(tierOf(0))).as("charged for a moment").isBetween(1L, 2L);
        meet(ready, 4 * round + 4);
        assertThat(sessions.open(tierOf(0))).isEqualTo(1);
        visit.left();
        holding.giveBack(now.get());
      }
    } finally {
      // Or the other would wait for ever for one who failed.
      ready.set(Integer.MAX_VALUE / 2);
    }
  }

  private void take(Holding holding, int subscriber) {
    AdmissionRequest request =
        AdmissionRequest.of(new Subscriber(key(subscriber, "").subscriber(), tierOf(subscriber)));
    assertThat(quotas.take(holding, request, tierOf(subscriber), LIMIT, now.get()))
        .isEqualTo(Denial.NONE);
  }

  /** Waits until so many have come, all told. */
  private static void meet(AtomicInteger ready, int all) {
    ready.incrementAndGet();
    while (ready.get() < all) {
      Thread.onSpinWait();
    }
  }

  private record Guest(int subscriber, SessionKey key, Visit visit, Holding holding) {}

  private void ask(Random random) {
    List<Guest> mine = new ArrayList<>();
    for (int request = 0; request < REQUESTS; request++) {
      int subscriber = random.nextInt(SUBSCRIBERS);
      arrive(subscriber, "s" + random.nextInt(SESSIONS), random.nextInt(3) > 0, mine);
      if (random.nextInt(50) == 0) {
        sessions.end(key(random.nextInt(SUBSCRIBERS), "s" + random.nextInt(SESSIONS)));
      }
      while (mine.size() > random.nextInt(4)) {
        depart(mine.remove(0));
      }
    }
    mine.forEach(this::depart);
  }

  private void arrive(int subscriber, String name, boolean admit, List<Guest> mine) {
    Tier tier = tierOf(subscriber);
    SessionKey key = key(subscriber, name);
    AdmissionRequest request =
        AdmissionRequest.of(new Subscriber(key.subscriber(), tier)).withFeatures(List.of(FEATURE));
    Holding holding = new Holding();
    Visit visit = new Visit();
    if (quotas.take(holding, request, tier, LIMIT, now.get()) != Denial.NONE) {
      return;
    }
    assertThat(parallel.incrementAndGet(subscriber)).isLessThanOrEqualTo(PARALLEL);
    assertThat(featureSeats.incrementAndGet()).isLessThanOrEqualTo(SHARE_SEATS);
    if (sessions.enter(visit, key, holding.account(), tier, now.get()) != Denial.NONE) {
      giveBack(subscriber, holding);
    } else if (admit) {
      visit.admitted();
      assertThat(sessions.isOpen(key)).isTrue();
      mine.add(new Guest(subscriber, key, visit, holding));
    } else {
      visit.left();
      giveBack(subscriber, holding);
    }
  }

  private void depart(Guest guest) {
    assertThat(sessions.isOpen(guest.key)).isTrue();
    guest.visit.ended(now.get());
    giveBack(guest.subscriber, guest.holding);
  }

  private void giveBack(int subscriber, Holding holding) {
    parallel.decrementAndGet(subscriber);
    featureSeats.decrementAndGet();
    holding.giveBack(now.get());
  }

  private void own(AtomicBoolean over) {
    while (!over.get()) {
      long before = open();
      pass(Duration.ofMillis(5));
      expired.addAndGet(Math.max(0, before - open()));
      for (Tier tier : TIERS.tiers()) {
        assertThat(sessions.open(tier)).isBetween(0L, (long) TIER_QUOTA);
      }
    }
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
    for (int shard = 0; shard < sessions.shards(); shard++) {
      while (sessions.step(shard, 10, now.get())) {}
    }
  }

  private void assertExact() {
    long[] byTier = new long[TIERS.tiers().size()];
    for (int subscriber = 0; subscriber < SUBSCRIBERS; subscriber++) {
      int open = 0;
      for (int session = 0; session < SESSIONS; session++) {
        open += sessions.isOpen(key(subscriber, "s" + session)) ? 1 : 0;
      }
      byTier[tierOf(subscriber).index()] += open;
      String id = key(subscriber, "").subscriber();
      assertThat(quotas.account(id).map(account -> account.sessions()).orElse(0))
          .as("seed %d", seed)
          .isEqualTo(open);
      assertThat(quotas.account(id).map(account -> account.requests()).orElse(0)).isZero();
    }
    for (Tier tier : TIERS.tiers()) {
      assertThat(sessions.open(tier)).as("seed %d", seed).isEqualTo(byTier[tier.index()]);
    }
  }

  private long open() {
    return TIERS.tiers().stream().mapToLong(sessions::open).sum();
  }

  private static Tier tierOf(int subscriber) {
    return TIERS.tiers().get(subscriber % TIERS.tiers().size());
  }

  private static SessionKey key(int subscriber, String name) {
    return new SessionKey("subscriber-" + subscriber, name);
  }

  private static Quotas quotas() {
    TierQuotas each =
        new TierQuotas(
            OptionalInt.of(TIER_QUOTA),
            OptionalInt.of(SUBSCRIBER_QUOTA),
            OptionalInt.of(PARALLEL),
            OptionalInt.empty(),
            OptionalLong.empty());
    return new Quotas(new QuotaSettings(List.of(each, each, each), List.of(FEATURE), 100), 2);
  }
}
