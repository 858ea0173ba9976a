package io.tidegate.loadtest.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.loadtest.arrival.Arrivals;
import io.tidegate.loadtest.run.RunPlan;
import io.tidegate.loadtest.scenario.Population;
import io.tidegate.loadtest.scenario.Population.Injection.Open;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltinTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @TempDir Path dir;

  @Test
  void offersTheTestsOfTheManual() {
    assertThat(Builtin.all())
        .extracting(Builtin::name)
        .containsExactly(
            "steady",
            "devday-surge",
            "inside-surge",
            "flood",
            "retry-storm",
            "noisy-neighbour",
            "soak",
            "trace");
  }

  @Test
  void describesAndAssertsSomethingInEach() {
    for (Builtin builtin : Builtin.all()) {
      if (!builtin.name().equals("trace")) {
        RunPlan plan = builtin.rehearsal(BuiltinOptions.defaults()).setUp().plan();
        assertThat(plan.name()).isEqualTo(builtin.name());
        assertThat(plan.description()).isNotBlank();
        assertThat(builtin.assertions()).isNotEmpty();
        assertThat(plan.protocol().firstTokenObjective()).isPresent();
      }
    }
  }

  @Test
  void bringsTenTimesAsManyNewSubscribersOnDevday() {
    Rehearsal rehearsal =
        Builtin.find("devday-surge").orElseThrow().rehearsal(BuiltinOptions.defaults());
    Population surge =
        rehearsal.setUp().plan().populations().stream()
            .filter(population -> population.scenario().name().startsWith("new"))
            .findFirst()
            .orElseThrow();
    Arrivals arrivals = ((Open) surge.injection()).arrivals();
    long step = arrivals.marksNanos().get(0);
    long[] before = {0};
    long[] after = {0};
    // Over many seeds, since one run has few arrivals in its calm part.
    for (long seed = 0; seed < 200; seed++) {
      arrivals
          .fireTimes(new SplittableRandom(seed))
          .forEachRemaining((long nanos) -> (nanos < step ? before : after)[0]++);
    }
    double calmRate = before[0] / (double) step;
    double surgeRate = after[0] / (double) (arrivals.durationNanos() - step);
    assertThat(surgeRate / calmRate).isBetween(9.0, 11.0);
    assertThat(arrivals.durationNanos()).isLessThanOrEqualTo(120 * SECOND);
    assertThat(rehearsal.capacityChanges()).hasSize(1);
    assertThat(rehearsal.capacityChanges().get(0).seats()).isGreaterThan(rehearsal.gateSeats());
  }

  @Test
  void replaysAWindowOfATrace() throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("t.csv"),
            """
            TIMESTAMP,ContextTokens,GeneratedTokens
            2023-11-16 18:15:46.0,10,5
            2023-11-16 18:15:56.0,10,5
            2023-11-16 18:16:06.0,10,5
            """);
    BuiltinOptions options =
        new BuiltinOptions(
            1,
            Optional.empty(),
            Optional.of(file),
            Duration.ofSeconds(5),
            Optional.of(Duration.ofSeconds(10)),
            2,
            Map.of("plus", 1.0),
            1);
    List<Population> populations =
        Builtin.find("trace").orElseThrow().rehearsal(options).setUp().plan().populations();
    Arrivals arrivals = ((Open) populations.get(0).injection()).arrivals();
    assertThat(arrivals.durationNanos()).isEqualTo(5 * SECOND);
    assertThat(arrivals.fireTimes(new SplittableRandom(1)).nextLong()).isEqualTo(5 * SECOND / 2);
  }

  @Test
  void asksForTheFileOfATrace() {
    assertThatThrownBy(
            () -> Builtin.find("trace").orElseThrow().rehearsal(BuiltinOptions.defaults()))
        .hasMessageContaining("Give its file");
    assertThat(Builtin.find("nothing-such")).isEmpty();
  }
}
