package io.tidegate.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.Permit;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Seats come back once.
 *
 * <p>Shown red by hand: {@code SeatPermit.complete} that releases without asking the state (all
 * three tests of completion fail), and one that reads the state, then sets it (the race fails).
 */
class SeatPermitTest {
  private static final int ROUNDS = 20_000;

  @TempDir Path folder;
  private GateFixture fixture;

  @BeforeEach
  void open() {
    fixture = new GateFixture(folder, 100, 0);
  }

  @Test
  void returnsItsSeatsOnceHoweverOftenItIsCompleted() {
    Permit kept = fixture.take("plus", 5);
    Permit twice = fixture.take("free", 3);

    twice.complete(Outcome.CLIENT_GONE);
    twice.complete(Outcome.SERVED);
    twice.complete(Outcome.CLIENT_GONE);

    assertThat(fixture.gate.inflightSeats()).isEqualTo(5);
    assertThat(fixture.books("free").completed())
        .containsEntry(Outcome.CLIENT_GONE, 1L)
        .containsEntry(Outcome.SERVED, 0L);
    GateFixture.serve(kept);
    assertThat(fixture.gate.inflightSeats()).isZero();
  }

  @Test
  void timesTheFirstTokenOnceAndNotAfterItsEnd() {
    Permit answering = fixture.take("plus", 1);
    Permit ended = fixture.take("plus", 1);

    answering.firstToken(fixture.nowNanos + 300_000_000);
    answering.firstToken(fixture.nowNanos + 900_000_000);
    GateFixture.serve(ended);
    ended.firstToken(fixture.nowNanos);

    var recorded = fixture.books("plus").timeToFirstToken();
    assertThat(recorded.count()).isEqualTo(1);
    assertThat(recorded.sumSeconds()).isBetween(.297, .303);
    GateFixture.serve(answering);
    assertThat(fixture.gate.inflightSeats()).isZero();
  }

  @Test
  void isNotSpentByACallWithoutOutcome() {
    Permit permit = fixture.take("plus", 1);

    assertThatNullPointerException().isThrownBy(() -> permit.complete(null));

    assertThat(fixture.gate.inflightSeats()).isEqualTo(1);
    GateFixture.serve(permit);
    assertThat(fixture.gate.inflightSeats()).isZero();
  }

  @Test
  void returnsItsSeatsOnceWhenTwoThreadsCompleteItAtTheSameMoment() throws Exception {
    Permit[] permits = new Permit[1];
    CyclicBarrier together = new CyclicBarrier(2, () -> permits[0] = fixture.take("plus", 1));
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      Runnable racer =
          () -> {
            for (int round = 0; round < ROUNDS; round++) {
              await(together);
              permits[0].complete(Outcome.SERVED);
            }
          };
      for (Future<?> end : List.of(pool.submit(racer), pool.submit(racer))) {
        end.get();
      }
    } finally {
      pool.shutdownNow();
    }

    assertThat(fixture.gate.inflightSeats()).isZero();
    assertThat(fixture.books("plus").completedTotal()).isEqualTo(ROUNDS);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
