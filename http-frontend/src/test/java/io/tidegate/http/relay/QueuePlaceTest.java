package io.tidegate.http.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.Permit;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.admission.Ticket;
import io.tidegate.engine.tier.TierTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A decision is used or its seats go back, whatever happens at the same moment. */
class QueuePlaceTest {

  /** An engine's queue with one place, whose decision the test makes. */
  private static final class HandDecided implements Ticket {
    private Consumer<Admission> listener;
    private int left;

    @Override
    public void whenDecided(Consumer<Admission> newListener) {
      listener = newListener;
    }

    @Override
    public void leave() {
      left++;
    }
  }

  private final HandDecided ticket = new HandDecided();
  private final Deque<Runnable> turns = new ArrayDeque<>();
  private final List<Admission> decided = new ArrayList<>();
  private final AtomicInteger completed = new AtomicInteger();
  private final QueuePlace place = new QueuePlace(ticket, turns::add, decided::add);

  @Test
  void handsTheDecisionOverInATurn() {
    place.begin();
    ticket.listener.accept(admitted());
    assertThat(decided).isEmpty();

    turns.remove().run();

    assertThat(decided).hasSize(1);
    assertThat(completed).hasValue(0);
  }

  @Test
  void leavesTheQueue() {
    place.begin();
    place.leave();
    assertThat(ticket.left).isEqualTo(1);
  }

  @Test
  void givesTheSeatsBackWhenTheClientLeavesBeforeTheTurn() {
    place.begin();
    ticket.listener.accept(admitted());
    place.leave();
    turns.remove().run();

    assertThat(decided).isEmpty();
    assertThat(completed).hasValue(1);
  }

  @Test
  void givesTheSeatsBackWhenTheDecisionComesAfterTheClientLeft() {
    place.begin();
    place.leave();
    ticket.listener.accept(admitted());

    assertThat(turns).isEmpty();
    assertThat(completed).hasValue(1);
  }

  @Test
  void hasNothingToGiveBackOfARefusal() {
    place.begin();
    ticket.listener.accept(
        new Admission.Refused(
            RefusalReason.QUEUE_TIMEOUT, TierTable.defaults().classes().get(0), 1_000));
    place.leave();
    assertThat(completed).hasValue(0);
  }

  /** Shown red by a place that looks whether it was left before it stores what it is told. */
  @Test
  void givesTheSeatsBackOnceWhenBothHappenAtOnce() throws InterruptedException {
    int rounds = 3_000;
    for (int round = 0; round < rounds; round++) {
      HandDecided racing = new HandDecided();
      QueuePlace contested = new QueuePlace(racing, neverRun -> {}, decided::add);
      contested.begin();
      CountDownLatch go = new CountDownLatch(1);
      Admission admission = admitted();
      Thread engine =
          new Thread(
              () -> {
                go.countDown();
                racing.listener.accept(admission);
              });
      engine.start();
      go.await();
      contested.leave();
      engine.join();
    }
    assertThat(completed).hasValue(rounds);
  }

  private Admission admitted() {
    Permit permit =
        new Permit() {
          @Override
          public void firstToken(long nowNanos) {}

          @Override
          public void tokens(int count) {}

          @Override
          public void usage(long promptTokens, long completionTokens) {}

          @Override
          public void complete(Outcome outcome) {
            assertThat(outcome).isEqualTo(Outcome.CLIENT_GONE);
            completed.incrementAndGet();
          }
        };
    return new Admission.Admitted(permit, TierTable.defaults().classes().get(0), 5);
  }
}
