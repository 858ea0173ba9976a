package io.tidegate.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.TierTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Seats and waiting classes in one word, at the largest number of classes: the bits of the first
 * and the last of them do not spill into the seats.
 *
 * <p>Shown red by hand: {@code waitingBit} made of an int; {@code ahead} without the own class;
 * {@code takeOrWait} that sets no bit; {@code giveBack} and {@code publish} that do not wake, or
 * always do.
 */
class WaitingBitsTest {
  private static final TierTable TIERS = largest();
  private static final List<ServiceClass> CLASSES = TIERS.classes();
  private static final ServiceClass FIRST = CLASSES.get(0);
  private static final ServiceClass LAST = CLASSES.get(TierTable.MAX_CLASSES - 1);

  private final AtomicInteger wakes = new AtomicInteger();
  private final Gate gate = new Gate(TIERS, 10, 0, 0, wakes::incrementAndGet);

  @Test
  void keepsTheOwnAndWorseClassesBehindWhoWaits() {
    fill();
    for (ServiceClass waiting : CLASSES) {
      assertThat(gate.takeOrWait(waiting, 1, 0)).isFalse();
      gate.giveBack(1);
      for (ServiceClass asking : CLASSES) {
        boolean better = asking.rank() < waiting.rank();
        assertThat(gate.hasRoom(asking, 1, 0)).as("%s, %s", waiting, asking).isEqualTo(better);
      }
      assertThat(gate.takeForHead(waiting, 1, 0)).isTrue();
      gate.nobodyWaits(waiting);
      assertThat(gate.inflightSeats()).isEqualTo(10);
    }
    assertThat(gate.anybodyWaiting()).isFalse();
  }

  @Test
  void clearsTheBitOfOneClassAlone() {
    fill();
    gate.takeOrWait(FIRST, 1, 0);
    gate.takeOrWait(LAST, 1, 0);

    gate.nobodyWaits(FIRST);
    assertThat(gate.anybodyWaiting()).isTrue();
    gate.nobodyWaits(LAST);
    assertThat(gate.anybodyWaiting()).isFalse();
    gate.somebodyWaits(LAST);
    assertThat(gate.anybodyWaiting()).isTrue();
    assertThat(gate.inflightSeats()).isEqualTo(10);
  }

  @Test
  void takesTheSeatInsteadOfWaitingIfOneIsFree() {
    fill();
    gate.giveBack(2);

    assertThat(gate.takeOrWait(LAST, 2, 0)).isTrue();
    assertThat(gate.anybodyWaiting()).isFalse();
    assertThat(gate.inflightSeats()).isEqualTo(10);
  }

  @Test
  void letsNoHeadPassABetterClass() {
    fill();
    gate.takeOrWait(LAST, 1, 0);
    gate.takeOrWait(FIRST, 1, 0);
    gate.giveBack(1);

    assertThat(gate.takeForHead(LAST, 1, 0)).isFalse();
    assertThat(gate.takeForHead(FIRST, 1, 0)).isTrue();
  }

  @Test
  void wakesOnlyIfSomebodyWaits() {
    fill();
    gate.giveBack(1);
    gate.publish(11, 1);
    assertThat(wakes).hasValue(0);

    gate.takeOrWait(LAST, 3, 0);
    gate.giveBack(1);
    assertThat(wakes).hasValue(1);
    gate.publish(12, 0);
    assertThat(wakes).hasValue(2);
    gate.release(1, 1_000);
    assertThat(wakes).hasValue(3);
  }

  @Test
  void holdsAsManySeatsAsThereAreNumbers() {
    Gate open = new Gate(TIERS, Integer.MAX_VALUE, 0, 0, wakes::incrementAndGet);

    assertThat(open.take(FIRST, Integer.MAX_VALUE, 0)).isTrue();
    assertThat(open.takeOrWait(LAST, 1, 0)).isFalse();
    assertThat(open.inflightSeats()).isEqualTo(Integer.MAX_VALUE);
    open.giveBack(Integer.MAX_VALUE);
    assertThat(open.inflightSeats()).isZero();
    assertThat(open.takeForHead(LAST, Integer.MAX_VALUE, 0)).isTrue();
    assertThat(open.anybodyWaiting()).isTrue();
  }

  @Test
  void showsWhatWasPublishedLast() {
    gate.publish(7, 2);

    assertThat(gate.limitSeats()).isEqualTo(7);
    assertThat(gate.reserveSeats()).isEqualTo(2);
    assertThat(gate.capOf(FIRST)).isEqualTo(7);
    assertThat(gate.capOf(LAST)).isEqualTo(5);
    assertThatIllegalArgumentException().isThrownBy(() -> gate.publish(0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> gate.publish(5, 6));
    assertThatIllegalArgumentException().isThrownBy(() -> gate.publish(5, -1));
    assertThat(gate.limitSeats()).isEqualTo(7);
  }

  private void fill() {
    assertThat(gate.take(FIRST, 10, 0)).isTrue();
  }

  private static TierTable largest() {
    List<String> names =
        IntStream.range(0, TierTable.MAX_TIERS).mapToObj(each -> "t" + each).toList();
    List<String> shedOrder = new ArrayList<>(names);
    Collections.reverse(shedOrder);
    return TierTable.of(names, shedOrder);
  }
}
