package io.tidegate.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.admission.Permit;
import io.tidegate.engine.tier.TierTable;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * No worse class gets in within a second after a better one was refused for want of room.
 *
 * <p>Shown red by hand: {@code Gate.admit} without its call of {@code latch.stamp}; {@code
 * Latch.stamp} that writes only what is older than a second; {@code Latch.holds} without the
 * millisecond that stamps may be behind, or without the other that the newest may be.
 */
class LatchTest {
  private GateFixture fixture;
  private Permit all;

  @BeforeEach
  void fillTheHouse() {
    fixture = new GateFixture(10, 0);
    all = fixture.take("plus", 10);
  }

  @Test
  void keepsWorseClassesOutForASecond() {
    assertThat(fixture.admits("free")).isFalse();
    GateFixture.serve(all);

    fixture.passMillis(1_000);
    assertThat(fixture.admits("new")).isFalse();
    assertThat(fixture.latched("new")).isTrue();
  }

  @Test
  void holdsForARefusalThatCameWithinAMillisecondOfAnother() {
    TierTable tiers = TierTable.defaults();
    Latch latch = new Latch(tiers.classes().size(), Duration.ofSeconds(1), 0);
    latch.stamp(tiers.classes().get(0), TimeUnit.MICROSECONDS.toNanos(10_000));
    latch.stamp(tiers.classes().get(1), TimeUnit.MICROSECONDS.toNanos(10_900));

    assertThat(latch.holds(tiers.classes().get(2), TimeUnit.MICROSECONDS.toNanos(1_011_800)))
        .isTrue();
  }

  @Test
  void letsTheRefusedClassAndBetterOnesIn() {
    assertThat(fixture.admits("free")).isFalse();
    GateFixture.serve(all);

    assertThat(fixture.admits("free")).isTrue();
    assertThat(fixture.admits("plus")).isTrue();
  }

  @Test
  void opensWhenNobodyBetterWasRefusedForASecond() {
    assertThat(fixture.admits("free")).isFalse();
    GateFixture.serve(all);

    fixture.passMillis(1_001);

    assertThat(fixture.latched("new")).isFalse();
    assertThat(fixture.admits("new")).isTrue();
  }

  @Test
  void isStampedByThoseItKeepsOut() {
    assertThat(fixture.admits("plus")).isFalse();
    GateFixture.serve(all);

    fixture.passMillis(500);
    assertThat(fixture.admits("free")).isFalse();
    fixture.passMillis(501);

    assertThat(fixture.admits("new")).isFalse();
    assertThat(fixture.admits("free")).isTrue();
  }

  @Test
  void countsItsSecondFromTheLastRefusal() {
    assertThat(fixture.admits("free")).isFalse();
    fixture.passMillis(500);
    assertThat(fixture.admits("free")).isFalse();
    GateFixture.serve(all);

    fixture.passMillis(999);

    assertThat(fixture.admits("new")).isFalse();
  }

  @Test
  void holdsForAFullSecondAfterARefusalThatDidNotRenewTheStamp() {
    assertThat(fixture.admits("free")).isFalse();
    fixture.nowNanos += TimeUnit.MILLISECONDS.toNanos(1) - 1;
    assertThat(fixture.admits("free")).isFalse();
    GateFixture.serve(all);

    fixture.passMillis(1_000);
    fixture.nowNanos--;

    assertThat(fixture.admits("new")).isFalse();
  }

  @Test
  void neverMovesAStampBack() {
    Latch latch = new Latch(6, Duration.ofSeconds(1), fixture.nowNanos);
    latch.stamp(fixture.opening("plus"), fixture.nowNanos);

    latch.stamp(fixture.opening("plus"), fixture.nowNanos - TimeUnit.SECONDS.toNanos(5));

    assertThat(latch.holds(fixture.opening("new"), fixture.nowNanos)).isTrue();
  }

  @Test
  void isOpenAtFirst() {
    Latch latch = new Latch(6, Duration.ofSeconds(1), Long.MIN_VALUE);

    assertThat(latch.holds(fixture.opening("new"), Long.MIN_VALUE)).isFalse();
  }

  @Test
  void neverHoldsWhereItIsSetToNothing() {
    Latch latch = new Latch(6, Duration.ZERO, 0);
    latch.stamp(TierTable.defaults().classes().get(0), 0);

    assertThat(latch.holds(TierTable.defaults().classes().get(1), 0)).isFalse();
  }
}
