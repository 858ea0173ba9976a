package io.tidegate.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.TierTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the engine is compared with does what its name says, no better and no worse. */
class RivalsTest {
  private static final TierTable TIERS = TierTable.defaults();
  private static final String BEST = "plus";
  private static final String WORST = "new";

  private final List<Turn> admitted = new ArrayList<>();
  private final List<Turn> refused = new ArrayList<>();
  private final List<RefusalReason> reasons = new ArrayList<>();
  private final Admissions.Decided decided =
      new Admissions.Decided() {
        @Override
        public void admitted(Turn turn) {
          admitted.add(turn);
        }

        @Override
        public void refused(Turn turn, RefusalReason reason, long retryAfterMillis) {
          refused.add(turn);
          reasons.add(reason);
        }
      };

  @Test
  void theLimitRefusesWhoeverComesWhenItIsFull() {
    StaticLimit limit = new StaticLimit(TIERS, 2, decided);
    Turn first = ask(limit, WORST, 0);
    Turn second = ask(limit, WORST, 0);
    Turn third = ask(limit, BEST, 0);

    assertThat(admitted).containsExactly(first, second);
    assertThat(refused).containsExactly(third);
    assertThat(reasons).containsExactly(RefusalReason.NO_ROOM);
    assertThat(limit.inflightSeats()).isEqualTo(2);
    assertThat(limit.anybodyWaiting()).isFalse();
  }

  @Test
  void theLimitLetsTheNextOneInWhenOneHasEnded() {
    StaticLimit limit = new StaticLimit(TIERS, 1, decided);
    limit.ended(ask(limit, WORST, 0), Outcome.SERVED, 0);

    Turn next = ask(limit, WORST, 0);

    assertThat(admitted).hasSize(2).contains(next);
  }

  @Test
  void theQueueGivesAFreeSeatToTheBestTierFirstAndThenInOrder() {
    StrictQueue queue = new StrictQueue(TIERS, 1, decided);
    Turn running = ask(queue, WORST, 0);
    Turn early = ask(queue, WORST, 0);
    Turn late = ask(queue, WORST, 0);
    Turn best = ask(queue, BEST, 0);
    assertThat(queue.anybodyWaiting()).isTrue();

    queue.ended(running, Outcome.SERVED, 0);
    queue.ended(best, Outcome.SERVED, 0);
    queue.ended(early, Outcome.SERVED, 0);

    assertThat(admitted).containsExactly(running, best, early, late);
    assertThat(queue.anybodyWaiting()).isFalse();
    assertThat(queue.inflightSeats()).isEqualTo(1);
  }

  @Test
  void theQueueRefusesWhoHasWaitedForFiveSeconds() {
    StrictQueue queue = new StrictQueue(TIERS, 1, decided);
    ask(queue, BEST, 0);
    Turn waiting = ask(queue, WORST, 0);
    Turn later = ask(queue, WORST, TimeUnit.SECONDS.toNanos(1));

    queue.step(TimeUnit.SECONDS.toNanos(5) - 1);
    assertThat(refused).isEmpty();
    queue.step(TimeUnit.SECONDS.toNanos(5));

    assertThat(refused).containsExactly(waiting).doesNotContain(later);
    assertThat(reasons).containsExactly(RefusalReason.QUEUE_TIMEOUT);
    assertThat(queue.anybodyWaiting()).isTrue();
  }

  private static Turn ask(Admissions admissions, String tier, long nowNanos) {
    Subscriber someone =
        TIERS.tiers().stream()
            .filter(each -> each.name().equals(tier))
            .map(each -> new Subscriber("ann", each))
            .findAny()
            .orElseThrow();
    Turn turn = new Turn(new Conversation(someone, 0, "c", 1, 1), 10, 10, nowNanos);
    turn.askedNanos = nowNanos;
    admissions.ask(turn, nowNanos);
    return turn;
  }
}
