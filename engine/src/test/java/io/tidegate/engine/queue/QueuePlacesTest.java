package io.tidegate.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.Admission.Waiting;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.admission.Ticket;
import io.tidegate.engine.gate.Gate;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.ServiceClass.Kind;
import io.tidegate.engine.tier.TierTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Places in the queue come free whatever became of those who had them, and nobody is left in it.
 *
 * <p>Shown red by hand: {@code ClassQueue.tidy} that is never called; {@code expire} that lowers
 * the places only at its end; {@code refuseAll} that stops at a listener that fails; {@code enter}
 * that does not look at {@code closed}; {@code Gate.takeForHead} that does not look at better
 * classes.
 */
class QueuePlacesTest {
  private static final TierTable TIERS = TierTable.defaults();
  private static final ServiceClass PLUS = TIERS.classOf(TIERS.best(), Kind.OPENING);
  private static final ServiceClass FREE =
      TIERS.classOf(TIERS.find("free").orElseThrow(), Kind.OPENING);
  private static final int MOST = 100;

  private final Wake wake = new Wake();
  private final Gate gate = new Gate(TIERS, 10, 0, 0, wake);
  private final List<Admission> heard = new ArrayList<>();
  private long nowNanos;
  private RequestQueue queue;

  @BeforeEach
  void fillTheHouse() {
    Map<String, Duration> waits =
        Map.of(PLUS.label(), Duration.ofSeconds(5), FREE.label(), Duration.ofSeconds(1));
    queue = new RequestQueue(gate, TIERS, new WaitSettings(waits, MOST), () -> nowNanos, wake);
    assertThat(gate.take(PLUS, 10, nowNanos)).isTrue();
  }

  @Test
  void isNotFilledByThoseWhoLeftBehindOneWhoWaits() {
    FakeCandidate patient = candidate(PLUS, 1, "patient");
    waits(patient);
    for (int round = 0; round < 10; round++) {
      for (int gone = 0; gone < MOST - 1; gone++) {
        waits(candidate(PLUS, 1, "gone-" + gone % 7)).leave();
      }
      pass(50);
    }
    FakeCandidate next = candidate(PLUS, 1, "next");
    waits(next);

    comesFree(1);
    assertThat(patient.admitted).hasValue(1);
    comesFree(1);
    assertThat(next.admitted).hasValue(1);
  }

  /** Shown red by hand: a drain that leaves it to the tick. */
  @Test
  void hasAPlaceAgainAsSoonAsSomebodyAtTheFrontIsServedOrLeaves() {
    for (int each = 1; each < MOST; each++) {
      waits(candidate(PLUS, 1, "s" + each));
    }
    Ticket leaves = waits(candidate(PLUS, 1, "leaves"));
    assertThat(queue.isFull(PLUS)).isTrue();

    comesFree(1);
    assertThat(queue.isFull(PLUS)).isFalse();
    waits(candidate(PLUS, 1, "next"));
    assertThat(queue.isFull(PLUS)).isTrue();

    leaves.leave();
    for (int each = 1; each < MOST; each++) {
      comesFree(1);
      assertThat(queue.isFull(PLUS)).isFalse();
    }
    assertThat(gate.anybodyWaiting()).isFalse();
  }

  @Test
  void keepsTheOrderWhenItTidiesUp() {
    FakeCandidate heavy = candidate(PLUS, 1, "heavy");
    heavy.use = 9;
    waits(heavy);
    List<FakeCandidate> light = new ArrayList<>();
    for (int each = 0; each < MOST / 2; each++) {
      light.add(candidate(PLUS, 1, "light-" + each % 5));
      waits(light.get(each));
      if (each % 2 == 0) {
        waits(candidate(PLUS, 1, "gone")).leave();
      }
    }
    pass(50);

    for (FakeCandidate each : light) {
      assertThat(each.answers()).isZero();
      comesFree(1);
      assertThat(each.admitted).hasValue(1);
    }
    assertThat(heavy.answers()).isZero();
  }

  @Test
  void givesEveryPlaceBackWhenAListenerFails() {
    for (int round = 0; round < 3; round++) {
      for (int each = 0; each < MOST; each++) {
        waits(candidate(FREE, 1, "s" + each))
            .whenDecided(each == MOST / 2 ? this::fail : heard::add);
      }
      assertThat(queue.isFull(FREE)).isTrue();
      assertThatIllegalStateException().isThrownBy(() -> pass(1_000));
      pass(50);
      assertThat(queue.isFull(FREE)).isFalse();
    }

    assertThat(heard).hasSize(3 * (MOST - 1));
  }

  @Test
  void turnsEverybodyAwayAlthoughAListenerFails() {
    waits(candidate(PLUS, 1, "unlucky")).whenDecided(this::fail);
    waits(candidate(PLUS, 1, "same class")).whenDecided(heard::add);
    waits(candidate(FREE, 1, "worse class")).whenDecided(heard::add);

    assertThatIllegalStateException().isThrownBy(() -> queue.refuseAll(nowNanos));

    assertThat(heard).hasSize(2);
    assertThat(gate.anybodyWaiting()).isFalse();
  }

  @Test
  void turnsAwayWhoEntersWhenItHasClosed() {
    queue.refuseAll(nowNanos);
    FakeCandidate late = candidate(PLUS, 1, "late");

    waits(late).whenDecided(heard::add);

    assertThat(heard).hasSize(1);
    assertThat(late.reason).isEqualTo(RefusalReason.DRAINING);
    assertThat(late.answers()).isEqualTo(1);
  }

  /** The best class comes while the owner is at a worse one, and needs more than is free. */
  @Test
  void letsNobodyPassWhoCameWhileItsOwnerWasOnItsWayDown() {
    FakeCandidate large = candidate(PLUS, 2, "large");
    FakeCandidate first = candidate(FREE, 1, "first");
    FakeCandidate second = candidate(FREE, 1, "second");
    first.whenAdmitted = () -> waits(large);
    waits(first);
    waits(second);

    comesFree(2);
    assertThat(first.admitted).hasValue(1);
    assertThat(second.answers()).as("seats that the better class waits for").isZero();
    comesFree(1);

    assertThat(large.admitted).hasValue(1);
    comesFree(1);
    assertThat(second.admitted).hasValue(1);
    assertThat(gate.anybodyWaiting()).isFalse();
  }

  private void fail(Admission decision) {
    throw new IllegalStateException("the listener fails");
  }

  private void comesFree(int seats) {
    gate.giveBack(seats);
    assertThat(wake.answered()).as("the owner is woken").isTrue();
    queue.drain(nowNanos);
  }

  private void pass(long millis) {
    nowNanos += TimeUnit.MILLISECONDS.toNanos(millis);
    queue.tick(nowNanos);
  }

  private Ticket waits(FakeCandidate candidate) {
    Admission decision = queue.enter(candidate, nowNanos);
    assertThat(decision).isInstanceOf(Waiting.class);
    return ((Waiting) decision).ticket();
  }

  private FakeCandidate candidate(ServiceClass of, int seats, String subscriber) {
    return new FakeCandidate(gate, of, seats, subscriber);
  }
}
