package io.tidegate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.telemetry.EngineSnapshot;
import io.tidegate.engine.telemetry.TierSnapshot;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four threads at once: never a seat too many, and at the end every seat is back and every request
 * accounted for. A fifth takes snapshots all the time.
 *
 * <p>Shown red by hand: {@code Gate.take} that adds without comparing (too many seats); {@code
 * CounterLanes.claim} that gives every thread the same lane (the books do not balance); {@code
 * Counters.snapshotOf} that reads offered first (a snapshot shows more ends than beginnings).
 */
class EngineTortureTest {
  private static final int THREADS = 4;
  private static final int REQUESTS = 50_000;
  private static final int LIMIT = 10;
  private static final int RESERVE = 3;
  private static final int MAX_SEATS = 3;
  private static final int PERMITS_HELD = 3;
  private static final Outcome[] OUTCOMES = Outcome.values();

  @TempDir Path folder;

  // Moves on by two milliseconds at each look, so that latches open again.
  private final AtomicLong clock = new AtomicLong();
  private final AtomicInteger held = new AtomicInteger();
  private final AtomicInteger mostHeld = new AtomicInteger();
  private final long seed = Sequences.seed();

  @Test
  void staysWithinTheLimitAndEndsWithBalancedBooks() throws Exception {
    try (Engine engine = start()) {
      storm(engine, engine.tiers().tiers());

      assertThat(mostHeld.get()).as("seed %d", seed).isBetween(LIMIT - 1, LIMIT);
      assertSettled(engine);
    }
  }

  @Test
  void leavesTheReserveToTheBestTier() throws Exception {
    try (Engine engine = start()) {
      storm(engine, engine.tiers().tiers().subList(1, 3));

      assertThat(mostHeld.get()).as("seed %d", seed).isEqualTo(LIMIT - RESERVE);
      assertSettled(engine);
    }
  }

  private Engine start() {
    return Engine.start(
        EngineSettings.of(TierTable.defaults())
            .withCountersFile(folder.resolve("counters"))
            .withLimit(LIMIT, RESERVE),
        () -> clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(2)));
  }

  private void storm(Engine engine, List<Tier> tiers) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService pool = Executors.newFixedThreadPool(THREADS + 1);
    try {
      Future<?> watching = pool.submit(() -> watch(engine, over));
      List<Future<?>> ends = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        Random random = new Random(seed + thread);
        ends.add(pool.submit(requests(engine, tiers, random)));
      }
      for (Future<?> end : ends) {
        end.get();
      }
      over.set(true);
      watching.get();
    } finally {
      pool.shutdownNow();
    }
  }

  private Callable<Void> requests(Engine engine, List<Tier> tiers, Random random) {
    record Held(Admission.Admitted admitted, int seats) {}
    return () -> {
      List<Held> mine = new ArrayList<>();
      for (int i = 0; i < REQUESTS; i++) {
        Tier tier = tiers.get(random.nextInt(tiers.size()));
        int seats = 1 + random.nextInt(MAX_SEATS);
        Admission decision =
            engine.admit(AdmissionRequest.of(new Subscriber("s", tier)).withSeats(seats));
        if (decision instanceof Admission.Admitted in) {
          mostHeld.accumulateAndGet(held.addAndGet(seats), Math::max);
          mine.add(new Held(in, seats));
        }
        while (mine.size() > random.nextInt(PERMITS_HELD)
            || (i == REQUESTS - 1 && !mine.isEmpty())) {
          Held ending = mine.remove(0);
          held.addAndGet(-ending.seats());
          Outcome outcome = OUTCOMES[random.nextInt(OUTCOMES.length)];
          ending.admitted().permit().complete(outcome);
          ending.admitted().permit().complete(Outcome.FAILED);
        }
      }
      return null;
    };
  }

  private static void watch(Engine engine, AtomicBoolean over) {
    while (!over.get()) {
      for (TierSnapshot tier : engine.snapshot().tiers()) {
        assertThat(tier.completedTotal()).isLessThanOrEqualTo(tier.admitted());
        assertThat(tier.admitted() + tier.refusedTotal()).isLessThanOrEqualTo(tier.offered());
      }
    }
  }

  private static void assertSettled(Engine engine) {
    EngineSnapshot end = engine.snapshot();
    assertThat(end.inflightSeats()).isZero();
    long offered = 0;
    for (TierSnapshot tier : end.tiers()) {
      assertThat(tier.offered()).isEqualTo(tier.admitted() + tier.refusedTotal());
      assertThat(tier.admitted()).isEqualTo(tier.completedTotal());
      assertThat(tier.inflightSeats()).isZero();
      offered += tier.offered();
    }
    assertThat(offered).isEqualTo((long) THREADS * REQUESTS);
    assertThat(end.decision().count()).isBetween(1L, offered);
    assertThat(end.tiers().stream().mapToLong(tier -> tier.refused().get(RefusalReason.NO_ROOM)))
        .anyMatch(refused -> refused > 0);
  }
}
