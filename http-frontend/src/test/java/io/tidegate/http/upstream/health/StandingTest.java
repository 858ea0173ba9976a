package io.tidegate.http.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is made of the things that are seen of an upstream. */
class StandingTest {

  private static final long SECOND = 1_000_000_000L;

  private final Standing standing = new Standing();
  private long nowNanos = -5 * SECOND; // a monotonic clock may be below 0

  @Test
  void ejectsAfterFiveFailuresInARowAndNotBefore() {
    fail(4);
    standing.served(nowNanos);
    fail(4);
    assertThat(standing.trusted(nowNanos)).isTrue();
    fail(1);
    assertThat(standing.trusted(nowNanos)).isFalse();
    assertThat(standing.usable(nowNanos)).isTrue();
    assertThat(standing.state(nowNanos)).isEqualTo(State.EJECTED);
    assertThat(standing.ejections()).isEqualTo(1);
  }

  @Test
  void staysOutForTwiceAsLongEachTimeUpToAMinute() {
    long[] seconds = {5, 10, 20, 40, 60, 60};
    for (long expected : seconds) {
      fail(5);
      assertThat(standing.ejectedNanos(nowNanos)).isEqualTo(expected * SECOND);
      nowNanos += expected * SECOND;
      assertThat(standing.state(nowNanos)).isEqualTo(State.RETURNING);
    }
  }

  @Test
  void beginsAgainWithAShortTimeOnceItHasServed() {
    fail(5);
    nowNanos += 5 * SECOND;
    standing.served(nowNanos);
    fail(5);
    assertThat(standing.ejectedNanos(nowNanos)).isEqualTo(5 * SECOND);
  }

  @Test
  void whatWasBegunBeforeTheEjectionDoesNotEndIt() {
    fail(5);
    standing.served(nowNanos);
    assertThat(standing.trusted(nowNanos)).isFalse();
  }

  @Test
  void oneFailureOnTheWayBackIsEnough() {
    fail(5);
    nowNanos += 5 * SECOND;
    fail(1);
    assertThat(standing.ejectedNanos(nowNanos)).isEqualTo(10 * SECOND);
  }

  @Test
  void backsOffForAsLongAsItWasAskedAndNeverForMoreThanAMinute() {
    standing.backOff(Duration.ofSeconds(7), nowNanos);
    standing.backOff(Duration.ofSeconds(2), nowNanos);
    assertThat(standing.backOffNanos(nowNanos)).isEqualTo(7 * SECOND);
    assertThat(standing.usable(nowNanos)).isFalse();
    assertThat(standing.usable(nowNanos + 7 * SECOND)).isTrue();
    standing.backOff(Duration.ofDays(365), nowNanos);
    assertThat(standing.backOffNanos(nowNanos)).isEqualTo(60 * SECOND);
  }

  @Test
  void letsOneMoreWaitForItsAnswerThereForEachThatBegins() {
    standing.unreachable("gone");
    assertThat(standing.usable(nowNanos)).isFalse();
    standing.reached();
    assertThat(standing.state(nowNanos)).isEqualTo(State.RETURNING);
    int entered = 0;
    for (int round = 0; round < 6; round++) {
      int waiting = 0;
      while (standing.enter(false)) {
        waiting++;
      }
      assertThat(waiting).isEqualTo(1 << round);
      for (int i = 0; i < waiting; i++) {
        standing.answered();
      }
      entered += waiting;
    }
    assertThat(entered).isEqualTo(63);
    assertThat(standing.enter(false)).isTrue();
    standing.answered();
    assertThat(standing.state(nowNanos)).isEqualTo(State.SERVING);
  }

  @Test
  void countsWhoeverIsThereWhenItGoesAwayAndNeverLosesCount() {
    assertThat(standing.enter(false)).isTrue();
    standing.unreachable("gone");
    standing.reached();
    assertThat(standing.enter(false)).isFalse();
    standing.gaveUp();
    assertThat(standing.enter(false)).isTrue();
  }

  @Test
  void takesTwoLooksThatFailForADown() {
    standing.unwell("/health answered 500");
    assertThat(standing.healthy()).isTrue();
    standing.reached();
    standing.unwell("/health answered 500");
    assertThat(standing.healthy()).isTrue();
    standing.unwell("/health answered 502");
    assertThat(standing.state(nowNanos)).isEqualTo(State.DOWN);
    assertThat(standing.trouble()).isEqualTo("/health answered 502");
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      standing.failed(nowNanos);
    }
  }
}
