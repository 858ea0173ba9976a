package io.tidegate.loadtest.backend.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TimingWheelTest {

  private static final long SLOT_NANOS = 1 << 20;

  /** A monotonic clock may start anywhere, below zero too. */
  private static final long START_NANOS = -TimeUnit.HOURS.toNanos(1);

  private final TimingWheel wheel = new TimingWheel(START_NANOS);
  private final List<Alarm> rung = new ArrayList<>();

  @Test
  void callsEachEntryOnceNeverEarlyAndAtMostTwoSlotsLate() {
    long seed = Long.getLong("seed", 42);
    SplittableRandom random = new SplittableRandom(seed);
    List<Alarm> alarms = new ArrayList<>();
    // Up to three turns of the wheel ahead.
    for (int i = 0; i < 2_000; i++) {
      alarms.add(schedule(START_NANOS + random.nextLong(3 * 4096 * SLOT_NANOS)));
    }
    for (long now = START_NANOS; rung.size() < alarms.size(); now += SLOT_NANOS) {
      wheel.advance(now);
      assertThat(now).as("seed %d", seed).isLessThan(0);
    }
    assertThat(rung).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(alarms);
    assertThat(rung)
        .as("seed %d", seed)
        .allMatch(alarm -> alarm.lateNanos >= 0 && alarm.lateNanos <= 2 * SLOT_NANOS);
  }

  @Test
  void catchesUpAfterAPauseLongerThanItsTurn() {
    schedule(START_NANOS + 10 * SLOT_NANOS);
    Alarm later = schedule(START_NANOS + 5_000 * SLOT_NANOS);
    wheel.advance(START_NANOS + 100_000 * SLOT_NANOS);
    assertThat(rung).hasSize(2).contains(later);
  }

  @Test
  void forgetsACancelledEntry() {
    Alarm cancelled = schedule(START_NANOS + SLOT_NANOS);
    Alarm kept = schedule(START_NANOS + SLOT_NANOS);
    wheel.cancel(cancelled);
    wheel.advance(START_NANOS + 10 * SLOT_NANOS);
    assertThat(rung).containsExactly(kept);
  }

  @Test
  void movesAnEntryThatIsScheduledTwice() {
    Alarm alarm = schedule(START_NANOS + 2 * SLOT_NANOS);
    wheel.schedule(alarm, START_NANOS + 8 * SLOT_NANOS);
    wheel.advance(START_NANOS + 5 * SLOT_NANOS);
    assertThat(rung).isEmpty();
    wheel.advance(START_NANOS + 10 * SLOT_NANOS);
    assertThat(rung).containsExactly(alarm);
  }

  @Test
  void letsAnEntryCancelItsNeighbourOfTheSameSlot() {
    Alarm second = new Alarm(START_NANOS);
    TimingWheel.Entry first =
        new TimingWheel.Entry() {
          @Override
          void onDue(long nowNanos) {
            wheel.cancel(second);
          }
        };
    wheel.schedule(first, START_NANOS);
    wheel.schedule(second, START_NANOS);
    wheel.advance(START_NANOS + 3 * SLOT_NANOS);
    assertThat(rung).isEmpty();
  }

  private Alarm schedule(long dueNanos) {
    Alarm alarm = new Alarm(dueNanos);
    wheel.schedule(alarm, dueNanos);
    return alarm;
  }

  private final class Alarm extends TimingWheel.Entry {
    private final long dueNanos;
    private long lateNanos;

    private Alarm(long dueNanos) {
      this.dueNanos = dueNanos;
    }

    @Override
    void onDue(long nowNanos) {
      lateNanos = nowNanos - dueNanos;
      rung.add(this);
    }
  }
}
