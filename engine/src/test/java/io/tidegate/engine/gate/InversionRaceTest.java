package io.tidegate.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.Sequences;
import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.Permit;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.ServiceClass.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * No inversion between threads: time stands still in a round, so once a class was refused, no worse
 * one may get in until the round is over.
 *
 * <p>Shown red by hand: {@code Gate.admissible} that does not ask the latch, and {@code Decisions}
 * that does not stamp it.
 */
class InversionRaceTest {
  private static final int THREADS = 4;
  private static final int ROUNDS = 3_000;
  private static final int DECISIONS = 20;

  private final AtomicInteger bestRefused = new AtomicInteger();
  private final AtomicInteger refusals = new AtomicInteger();
  private final AtomicInteger inversions = new AtomicInteger();

  @Test
  void admitsNoWorseClassAfterABetterOneWasRefused() throws Exception {
    long seed = Sequences.seed();
    GateFixture fixture = new GateFixture(2, 0);
    CyclicBarrier round = new CyclicBarrier(THREADS, () -> beginRound(fixture));
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> ends = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        Random random = new Random(seed + thread);
        ends.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < ROUNDS; i++) {
                    round.await();
                    decide(fixture, random);
                  }
                  return null;
                }));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    } finally {
      pool.shutdownNow();
    }

    assertThat(inversions).as("seed %d", seed).hasValue(0);
    assertThat(refusals).as("the house was full at times").hasPositiveValue();
    assertThat(fixture.engine.inflightSeats()).isZero();
  }

  private void beginRound(GateFixture fixture) {
    fixture.passMillis(TimeUnit.SECONDS.toMillis(2));
    bestRefused.set(Integer.MAX_VALUE);
  }

  private void decide(GateFixture fixture, Random random) {
    List<ServiceClass> classes =
        fixture.tiers.classes().stream().filter(each -> each.kind() == Kind.OPENING).toList();
    Permit held = null;
    for (int i = 0; i < DECISIONS; i++) {
      ServiceClass asking = classes.get(random.nextInt(classes.size()));
      int refusedBefore = bestRefused.get();
      Admission decision = fixture.ask(asking.tier().name(), 1);
      if (decision instanceof Admission.Refused) {
        bestRefused.accumulateAndGet(asking.rank(), Math::min);
        refusals.incrementAndGet();
      } else if (asking.rank() > refusedBefore) {
        inversions.incrementAndGet();
      }
      if (held != null) {
        GateFixture.serve(held);
      }
      held = decision instanceof Admission.Admitted in ? in.permit() : null;
    }
    if (held != null) {
      GateFixture.serve(held);
    }
  }
}
