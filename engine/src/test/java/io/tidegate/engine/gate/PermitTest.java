package io.tidegate.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.Permit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Seats come back once.
 *
 * <p>Shown red by hand: {@code Claim.complete} that releases without asking the state (all three
 * tests of completion fail), and one that reads the state, then sets it (the race fails).
 */
class PermitTest {
  private static final int ROUNDS = 100_000;

  private GateFixture fixture;

  @BeforeEach
  void open() {
    fixture = new GateFixture(ROUNDS, 0);
  }

  @Test
  void returnsItsSeatsOnceHoweverOftenItIsCompleted() {
    Permit kept = fixture.take("plus", 5);
    Permit twice = fixture.take("free", 3);

    twice.complete(Outcome.CLIENT_GONE);
    twice.complete(Outcome.SERVED);
    twice.complete(Outcome.CLIENT_GONE);

    assertThat(fixture.engine.inflightSeats()).isEqualTo(5);
    assertThat(fixture.books("free").completed())
        .containsEntry(Outcome.CLIENT_GONE, 1L)
        .containsEntry(Outcome.SERVED, 0L);
    GateFixture.serve(kept);
    assertThat(fixture.engine.inflightSeats()).isZero();
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
    assertThat(fixture.engine.inflightSeats()).isZero();
  }

  @Test
  void isNotSpentByACallWithoutOutcome() {
    Permit permit = fixture.take("plus", 1);

    assertThatNullPointerException().isThrownBy(() -> permit.complete(null));

    assertThat(fixture.engine.inflightSeats()).isEqualTo(1);
    GateFixture.serve(permit);
    assertThat(fixture.engine.inflightSeats()).isZero();
  }

  @Test
  void returnsItsSeatsOnceWhenTwoThreadsCompleteItAtTheSameMoment() throws Exception {
    List<Permit> permits = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      permits.add(fixture.take("plus", 1));
    }
    AtomicInteger mine = new AtomicInteger();
    AtomicInteger theirs = new AtomicInteger();
    Thread other = new Thread(() -> completeInStep(permits, theirs, mine));

    other.start();
    completeInStep(permits, mine, theirs);
    other.join();

    assertThat(fixture.engine.inflightSeats()).isZero();
    assertThat(fixture.books("plus").completedTotal()).isEqualTo(ROUNDS);
  }

  /** Completes each permit when the other thread is about to complete it as well. */
  @SuppressWarnings("ThreadPriorityCheck") // Yielding only saves time where cores are short.
  private static void completeInStep(
      List<Permit> permits, AtomicInteger mine, AtomicInteger theirs) {
    for (int round = 0; round < permits.size(); round++) {
      mine.set(round + 1);
      while (theirs.get() < round + 1) {
        Thread.yield();
      }
      GateFixture.serve(permits.get(round));
    }
  }
}
