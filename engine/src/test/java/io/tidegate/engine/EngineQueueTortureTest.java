package io.tidegate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.Admission.Admitted;
import io.tidegate.engine.admission.Admission.Waiting;
import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.Permit;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.admission.Ticket;
import io.tidegate.engine.queue.WaitSettings;
import io.tidegate.engine.telemetry.TierSnapshot;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * The whole engine with its actors: four threads ask, wait, leave before or while they are told,
 * and give seats back on whatever thread they hear of them, while the limit moves. Everybody is
 * answered once, never is a seat too many taken, and the books balance, also those of the queue.
 *
 * <p>Shown red by hand: {@code Gate.takeOrWait} that adds without comparing; {@code Claim.left}
 * that is not counted; {@code QueuedRequest.leave} that forgets an admission nobody was told of.
 */
class EngineQueueTortureTest {
  private static final int THREADS = 4;
  private static final int REQUESTS = 20_000;
  private static final int LIMIT = 10;
  private static final int MAX_SEATS = 3;
  private static final int UNTOLD = 1_000;
  private static final int SUBSCRIBERS = 20;
  private static final int LONGEST_MINUTES = 2;
  private static final TierTable TIERS = TierTable.defaults();

  // Moves on by twenty microseconds at each look: latches open, and some wait too long.
  private final AtomicLong clock = new AtomicLong();
  private final AtomicInteger held = new AtomicInteger();
  private final AtomicInteger mostHeld = new AtomicInteger();
  private final AtomicInteger toldTwice = new AtomicInteger();
  private final Queue<Running> running = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waited = new AtomicInteger();
  private final AtomicInteger answers = new AtomicInteger();
  private final CountDownLatch answered = new CountDownLatch(THREADS * REQUESTS);
  private final long seed = Sequences.seed();

  @Test
  void answersEverybodyOnceAndBalancesItsBooks() throws Exception {
    try (Engine engine = start()) {
      AtomicBoolean over = new AtomicBoolean();
      Thread mover = new Thread(() -> moveTheLimit(engine, over), "limit");
      mover.start();
      storm(engine);
      awaitAnswers(engine);
      over.set(true);
      mover.join();

      assertThat(mostHeld.get()).as("seed %d", seed).isBetween(LIMIT - 1, LIMIT);
      assertSettled(engine);
      assertThat(reasons(engine, RefusalReason.DRAINING)).isZero();
    }
  }

  /** Whoever is on the way into the queue while it closes is told so. */
  @Test
  void answersEverybodyWhenItClosesInTheMiddle() throws Exception {
    Engine engine = start();
    Thread closer =
        new Thread(
            () -> {
              while (answers.get() < REQUESTS) {
                Thread.onSpinWait();
              }
              engine.close();
            },
            "closer");
    closer.start();
    storm(engine);
    closer.join();
    awaitAnswers(engine);

    assertSettled(engine);
    assertThat(reasons(engine, RefusalReason.DRAINING)).isPositive();
  }

  private Engine start() {
    Map<String, Duration> waits = new HashMap<>();
    for (ServiceClass each : TIERS.classes().subList(0, TIERS.classes().size() - 1)) {
      waits.put(each.label(), Duration.ofSeconds(1));
    }
    return Engine.start(
        EngineSettings.of(TIERS)
            .withLimit(LIMIT, 2)
            .withWaits(new WaitSettings(waits, THREADS * REQUESTS)),
        () -> clock.addAndGet(TimeUnit.MICROSECONDS.toNanos(20)));
  }

  private void storm(Engine engine) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> ends = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        Random random = new Random(seed + thread);
        ends.add(pool.submit(() -> requests(engine, random)));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private void requests(Engine engine, Random random) {
    Asked older = new Asked(0);
    Queue<Asked> untold = new ArrayDeque<>();
    for (int request = 0; request < REQUESTS; request++) {
      Tier tier = TIERS.tiers().get(random.nextInt(TIERS.tiers().size()));
      Asked asked = new Asked(1 + random.nextInt(MAX_SEATS));
      Subscriber who = new Subscriber("s" + random.nextInt(SUBSCRIBERS), tier);
      Admission decision = engine.admit(AdmissionRequest.of(who).withSeats(asked.seats));
      if (decision instanceof Waiting waiting) {
        waited.incrementAndGet();
        asked.ticket = waiting.ticket();
        if (random.nextInt(4) == 0) {
          untold.add(asked);
        } else {
          asked.ticket.whenDecided(asked);
        }
        if (random.nextInt(2) == 0) {
          older.leave(); // while it waits, while it is told, or after
        }
        older = asked;
        if (untold.size() > UNTOLD) {
          untold.remove().leave(); // while it waits, or after a decision that nobody heard
        }
      } else {
        asked.accept(decision);
      }
      while (running.size() > random.nextInt(2 * LIMIT)) {
        endOne();
      }
    }
    untold.forEach(Asked::leave);
  }

  private void endOne() {
    Running ending = running.poll();
    if (ending != null) {
      held.addAndGet(-ending.seats());
      ending.permit().complete(Outcome.SERVED);
      ending.permit().complete(Outcome.FAILED);
    }
  }

  private record Running(Permit permit, int seats) {}

  /** One request, and how often it was answered. */
  private final class Asked implements Consumer<Admission> {
    final int seats;
    Ticket ticket;
    private final AtomicInteger told = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();

    Asked(int seats) {
      this.seats = seats;
    }

    @Override
    public void accept(Admission decision) {
      if (told.incrementAndGet() > 1) {
        toldTwice.incrementAndGet();
      }
      if (decision instanceof Admitted in) {
        mostHeld.accumulateAndGet(held.addAndGet(seats), Math::max);
        running.add(new Running(in.permit(), seats));
      }
      isOver();
    }

    void leave() {
      if (ticket != null) {
        ticket.leave();
        isOver();
      }
    }

    private void isOver() {
      if (over.compareAndSet(false, true)) {
        answers.incrementAndGet();
        answered.countDown();
      }
    }
  }

  private void moveTheLimit(Engine engine, AtomicBoolean over) {
    Random random = new Random(seed - 1);
    while (!over.get()) {
      engine.upstreamSeats(OptionalInt.of(LIMIT - random.nextInt(LIMIT / 2)));
      Thread.onSpinWait();
    }
  }

  private void awaitAnswers(Engine engine) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(LONGEST_MINUTES);
    while (!answered.await(1, TimeUnit.MILLISECONDS) && System.nanoTime() - deadline < 0) {
      clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(10)); // nobody else moves it now
      endOne();
    }
    assertThat(answered.getCount()).as("seed %d: never answered", seed).isZero();
    while (!running.isEmpty()) {
      endOne();
    }
    // The queue's owner has yet to see that the last ones left.
    while (engine.anybodyWaiting() && System.nanoTime() - deadline < 0) {
      Thread.onSpinWait();
    }
  }

  private void assertSettled(Engine engine) {
    assertThat(toldTwice).as("seed %d", seed).hasValue(0);
    assertThat(waited).as("some waited").hasPositiveValue();
    assertThat(engine.inflightSeats()).as("seed %d", seed).isZero();
    assertThat(engine.anybodyWaiting()).as("seed %d", seed).isFalse();
    long offered = 0;
    long left = 0;
    for (TierSnapshot tier : engine.snapshot().tiers()) {
      assertThat(tier.waiting()).as("seed %d", seed).isZero();
      assertThat(tier.offered())
          .as("seed %d", seed)
          .isEqualTo(tier.admitted() + tier.refusedTotal() + tier.leftQueue());
      assertThat(tier.admitted()).as("seed %d", seed).isEqualTo(tier.completedTotal());
      assertThat(tier.inflightSeats()).isZero();
      offered += tier.offered();
      left += tier.leftQueue();
    }
    assertThat(offered).isEqualTo((long) THREADS * REQUESTS);
    assertThat(left).isPositive();
  }

  private static long reasons(Engine engine, RefusalReason reason) {
    return engine.snapshot().tiers().stream().mapToLong(tier -> tier.refused().get(reason)).sum();
  }
}
