package io.tidegate.loadtest.run.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.loadtest.client.Nanos;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PacerTest {

  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  @Test
  void firesEverythingInOrderAndNothingEarly() {
    List<Long> early = new CopyOnWriteArrayList<>();
    List<Long> fired = new CopyOnWriteArrayList<>();
    try (Pacer pacer = Pacer.start(Runnable::run)) {
      long start = Nanos.now();
      pacer.each(
          start,
          LongStream.range(0, 200).map(n -> n * MILLI / 4).iterator(),
          time -> {
            if (Nanos.now() < time) {
              early.add(time);
            }
            fired.add(time);
          });
      pacer.at(start + 10 * MILLI + 1, fired::add);
      await().atMost(Duration.ofSeconds(30)).until(() -> fired.size() == 201);
    }
    assertThat(early).isEmpty();
    assertThat(fired).isSorted();
  }

  @Test
  void firesWhatIsPutInBeforeTheNextMoment() {
    List<String> fired = new CopyOnWriteArrayList<>();
    try (Pacer pacer = Pacer.start(Runnable::run)) {
      long start = Nanos.now();
      pacer.at(start + TimeUnit.HOURS.toNanos(1), time -> fired.add("late"));
      pacer.at(start + MILLI, time -> fired.add("soon"));
      await().atMost(Duration.ofSeconds(30)).until(() -> fired.contains("soon"));
    }
    assertThat(fired).containsExactly("soon");
  }
}
