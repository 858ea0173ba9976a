package io.tidegate.loadtest.run.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.loadtest.run.pacing.Schedule.Due;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private final Schedule schedule = new Schedule();
  private final List<String> fired = new ArrayList<>();

  @Test
  void takesWhatIsDueInTheOrderOfTime() {
    schedule.at(30, time -> fired.add("c" + time));
    schedule.at(10, time -> fired.add("a" + time));
    schedule.at(20, time -> fired.add("b" + time));
    take(20);
    assertThat(fired).containsExactly("a10", "b20");
    assertThat(schedule.nextNanos()).hasValue(30);
  }

  @Test
  void takesEqualMomentsInTheOrderTheyWerePutIn() {
    for (int i = 0; i < 5; i++) {
      int number = i;
      schedule.at(10, time -> fired.add("" + number));
    }
    take(10);
    assertThat(fired).containsExactly("0", "1", "2", "3", "4");
  }

  @Test
  void goesThroughASequenceWithoutHoldingIt() {
    schedule.each(100, LongStream.iterate(0, n -> n + 10).iterator(), time -> fired.add("" + time));
    take(125);
    assertThat(fired).containsExactly("100", "110", "120");
    assertThat(schedule.nextNanos()).hasValue(130);
  }

  @Test
  void mergesSequences() {
    schedule.each(0, LongStream.of(0, 10, 20).iterator(), time -> fired.add("a" + time));
    schedule.each(0, LongStream.of(5, 15).iterator(), time -> fired.add("b" + time));
    take(100);
    assertThat(fired).containsExactly("a0", "b5", "a10", "b15", "a20");
    assertThat(schedule.nextNanos()).isEmpty();
  }

  private void take(long nowNanos) {
    List<Due> due = new ArrayList<>();
    schedule.takeDue(nowNanos, due);
    due.forEach(one -> one.action().accept(one.nanos()));
  }
}
