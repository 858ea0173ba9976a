package io.tidegate.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.Admission.Admitted;
import io.tidegate.engine.admission.Admission.Waiting;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.gate.Gate;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.ServiceClass.Kind;
import io.tidegate.engine.tier.TierTable;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What may happen between the moment a request is in the queue and the moment its class is marked
 * as waiting, move by move. There is no tick, but where time itself is what happens.
 *
 * <p>Shown red by hand: {@code RequestQueue.enter} that does not wake the owner for a request that
 * was decided before; {@code enter} that marks the class before the request is in the queue.
 */
class QueueRacesTest {
  private static final TierTable TIERS = TierTable.defaults();
  private static final ServiceClass PLUS = TIERS.classOf(TIERS.best(), Kind.OPENING);
  private static final int LIMIT = 5;

  private final Wake wake = new Wake();
  private final Gate gate = new Gate(TIERS, LIMIT, 0, 0, wake);
  private final RequestQueue queue =
      new RequestQueue(
          gate,
          TIERS,
          new WaitSettings(Map.of(PLUS.label(), Duration.ofSeconds(5)), 100),
          () -> 0,
          wake);

  @BeforeEach
  void fillTheHouse() {
    assertThat(gate.take(PLUS, LIMIT, 0)).isTrue();
  }

  /** The house is empty when the mark is set, so no seat that comes back takes it away. */
  @Test
  void leavesNoMarkOfARequestThatCouldNoLongerFit() {
    FakeCandidate large = new FakeCandidate(gate, PLUS, 4, "large");
    large.whenAskedForSeats =
        () -> {
          gate.publish(3, 0);
          queue.drain(0);
          assertThat(large.reason).isEqualTo(RefusalReason.NO_ROOM);
        };
    assertThat(queue.enter(large, 0)).isInstanceOf(Waiting.class);
    gate.giveBack(LIMIT);

    drainIfWoken();

    assertThat(gate.anybodyWaiting()).isFalse();
    assertThat(gate.take(PLUS, 3, 0)).isTrue();
    assertThat(large.answers()).isEqualTo(1);
  }

  @Test
  void leavesNoMarkOfARequestThatWasTurnedAwayByTheClock() {
    FakeCandidate slow = new FakeCandidate(gate, PLUS, 1, "slow");
    slow.whenAskedForSeats = () -> queue.tick(TimeUnit.SECONDS.toNanos(5));
    assertThat(queue.enter(slow, 0)).isInstanceOf(Waiting.class);
    assertThat(slow.reason).isEqualTo(RefusalReason.QUEUE_TIMEOUT);

    drainIfWoken();

    assertThat(gate.anybodyWaiting()).isFalse();
  }

  @Test
  void leavesNoMarkOfARequestThatItsOwnerLetInBefore() {
    FakeCandidate quick = new FakeCandidate(gate, PLUS, 1, "quick");
    quick.whenAskedForSeats =
        () -> {
          gate.giveBack(1);
          wake.answered();
          queue.drain(0);
        };
    assertThat(queue.enter(quick, 0)).isInstanceOf(Waiting.class);
    assertThat(quick.admitted).hasValue(1);

    drainIfWoken();

    assertThat(gate.anybodyWaiting()).isFalse();
    assertThat(gate.inflightSeats()).isEqualTo(LIMIT);
  }

  @Test
  void takesTheSeatThatCameFreeBeforeItsClassWasMarked() {
    FakeCandidate lucky = new FakeCandidate(gate, PLUS, 1, "lucky");
    lucky.whenAskedForSeats = () -> gate.giveBack(1);

    Admission decision = queue.enter(lucky, 0);

    assertThat(decision).isInstanceOf(Admitted.class);
    queue.drain(0);
    assertThat(lucky.answers()).isEqualTo(1);
    assertThat(gate.inflightSeats()).isEqualTo(LIMIT);
  }

  /** The limit rises between the look at it and the mark: one of the two sees the other. */
  @Test
  void servesWhoBeganToWaitWhileTheLimitRose() {
    FakeCandidate waiting = new FakeCandidate(gate, PLUS, 1, "waiting");
    queue.enter(waiting, 0);

    gate.publish(LIMIT + 1, 0);
    drainIfWoken();

    assertThat(waiting.admitted).hasValue(1);
    assertThat(gate.anybodyWaiting()).isFalse();
  }

  private void drainIfWoken() {
    while (wake.answered()) {
      queue.drain(0);
    }
  }
}
