package io.tidegate.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.Sequences;
import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.Admission.Admitted;
import io.tidegate.engine.admission.Admission.Waiting;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.gate.Gate;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.TierTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Many threads ask, leave and give seats back while the limit moves, and the owner only ever acts
 * when it is woken: there is no tick behind which a lost wake-up could hide. Time stands still, so
 * nobody is refused. In the end everybody was answered once, and all seats are free.
 *
 * <p>Shown red by hand: {@code Gate.giveBack} that wakes nobody. Races too rare to be met here are
 * played move by move in {@link RequestQueueTest}.
 */
class QueueTortureTest {
  private static final TierTable TIERS = TierTable.defaults();
  private static final int THREADS = 4;
  private static final int REQUESTS = 20_000;
  private static final int LIMIT = 3;
  private static final int LONGEST_MINUTES = 1;

  private final Semaphore wishes = new Semaphore(0);
  private final Wake wake = new Wake();
  private final Gate gate = new Gate(TIERS, LIMIT, 0, 0, wake);
  private final RequestQueue queue = new RequestQueue(gate, TIERS, waits(), () -> 0, wake);
  private final AtomicInteger held = new AtomicInteger();
  private final AtomicInteger mostHeld = new AtomicInteger();
  private final CountDownLatch answered = new CountDownLatch(THREADS * REQUESTS);

  /** Seats that are given back are all that wakes the owner. */
  @Test
  void losesNobodyWhenOnlySeatsThatComeFreeWakeIt() throws Exception {
    storm(false, false);
  }

  @Test
  void losesNobodyWhileClientsLeave() throws Exception {
    storm(true, false);
  }

  @Test
  void losesNobodyWhileTheLimitMoves() throws Exception {
    storm(true, true);
  }

  private void storm(boolean leaving, boolean moving) throws Exception {
    long seed = Sequences.seed();
    AtomicBoolean over = new AtomicBoolean();
    wake.by(wishes::release);
    Thread owner = new Thread(() -> own(over), "owner");
    owner.start();
    List<List<FakeCandidate>> all = new ArrayList<>();
    List<Thread> askers = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      Random random = new Random(seed + thread);
      List<FakeCandidate> mine = new ArrayList<>();
      all.add(mine);
      askers.add(new Thread(() -> ask(random, mine, leaving)));
    }
    askers.forEach(Thread::start);
    if (moving) {
      moveTheLimit(new Random(seed - 1), askers);
    }
    for (Thread asker : askers) {
      asker.join();
    }

    assertThat(answered.await(LONGEST_MINUTES, TimeUnit.MINUTES))
        .as("seed %d: %d were never answered", seed, answered.getCount())
        .isTrue();
    over.set(true);
    wishes.release();
    owner.join();
    assertThat(gate.inflightSeats()).as("seed %d", seed).isZero();
    assertThat(gate.anybodyWaiting()).as("seed %d", seed).isFalse();
    assertThat(mostHeld).as("seed %d", seed).hasValueLessThanOrEqualTo(LIMIT);
    for (List<FakeCandidate> mine : all) {
      assertThat(mine).hasSize(REQUESTS).allMatch(each -> each.answers() == 1);
      assertThat(mine).allMatch(each -> each.admitted.get() == each.completed.get());
    }
  }

  private void moveTheLimit(Random random, List<Thread> askers) throws InterruptedException {
    while (!answered.await(1, TimeUnit.MILLISECONDS) && askers.stream().anyMatch(Thread::isAlive)) {
      gate.publish(2 + random.nextInt(LIMIT - 1), 0);
    }
    gate.publish(LIMIT, 0);
  }

  private void own(AtomicBoolean over) {
    while (!over.get()) {
      wishes.acquireUninterruptibly();
      while (wake.answered()) {
        queue.drain(0);
      }
    }
  }

  private void ask(Random random, List<FakeCandidate> mine, boolean leaving) {
    List<Admitted> running = new ArrayList<>();
    for (int request = 0; request < REQUESTS; request++) {
      ServiceClass asking = TIERS.classes().get(random.nextInt(TIERS.classes().size()));
      FakeCandidate candidate =
          new FakeCandidate(gate, asking, 1 + random.nextInt(2), "s" + random.nextInt(5));
      mine.add(candidate);
      Admission decision =
          gate.take(asking, candidate.seats(), 0)
              ? candidate.admitted(0, 0)
              : queue.enter(candidate, 0);
      if (decision instanceof Admitted admitted) {
        begun(candidate);
        running.add(admitted);
      } else if (decision instanceof Waiting waiting) {
        if (leaving && random.nextInt(4) == 0) {
          waiting.ticket().leave();
          answered.countDown();
        } else {
          waiting.ticket().whenDecided(later -> served(candidate, (Admitted) later));
        }
      }
      while (running.size() > random.nextInt(2)) {
        ended(running.remove(0));
      }
    }
    running.forEach(this::ended);
  }

  private void served(FakeCandidate candidate, Admitted admitted) {
    begun(candidate);
    ended(admitted);
  }

  private void begun(FakeCandidate candidate) {
    mostHeld.accumulateAndGet(held.addAndGet(candidate.seats()), Math::max);
  }

  private void ended(Admitted admitted) {
    FakeCandidate candidate = (FakeCandidate) admitted.permit();
    held.addAndGet(-candidate.seats());
    candidate.complete(Outcome.SERVED);
    answered.countDown();
  }

  private static WaitSettings waits() {
    Map<String, Duration> waits = new HashMap<>();
    TIERS.classes().forEach(each -> waits.put(each.label(), Duration.ofSeconds(5)));
    return new WaitSettings(waits, 1_000_000);
  }
}
