package io.tidegate.loadtest.books;

import static io.tidegate.loadtest.dsl.ChatDsl.chat;
import static io.tidegate.loadtest.dsl.CoreDsl.constantUsersPerSec;
import static io.tidegate.loadtest.dsl.CoreDsl.global;
import static io.tidegate.loadtest.dsl.CoreDsl.scenario;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.loadtest.assertion.AssertionResult;
import io.tidegate.loadtest.books.SmallGate.Fault;
import io.tidegate.loadtest.dsl.SetUp;
import io.tidegate.loadtest.dsl.Verdict;
import io.tidegate.loadtest.record.result.RunData;
import io.tidegate.loadtest.run.HealthBounds;
import io.tidegate.loadtest.run.Run;
import io.tidegate.loadtest.run.RunOptions;
import io.tidegate.loadtest.scenario.Population;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Gates that are broken on purpose, and one that is not: the same load finds what is wrong with
 * each of them, and nothing with the sound one.
 */
@Timeout(180)
class BrokenGateTest {

  private static final int GOOD = 0;
  private static final int FAILED = 2;

  @TempDir Path dir;

  @Test
  void acquitsASoundGate() throws IOException {
    Verdict verdict = load(Fault.NONE);
    assertThat(verdict.results()).allMatch(result -> result.passed());
    assertThat(verdict.exitCode()).isEqualTo(GOOD);
    // It was under load: without refusals there would have been nothing to find.
    assertThat(verdict.run().total("plus").shedCount()).isPositive();
    assertThat(verdict.run().total("free").shedCount()).isPositive();
    assertThat(verdict.results().get(1).actual()).isEqualTo("320 requests offered");
  }

  @Test
  void findsPriorityInversions() throws IOException {
    Verdict verdict = load(Fault.UPSIDE_DOWN);
    assertThat(verdict.exitCode()).isEqualTo(FAILED);
    assertThat(verdict.results().get(0).passed()).isFalse();
    assertThat(verdict.run().inversions())
        .isNotEmpty()
        .allMatch(window -> window.refusedClass().equals("plus-opening"))
        .allMatch(window -> window.admittedClass().equals("free-opening"));
    assertThat(verdict.results().get(1).passed()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "LOSES_REFUSALS, but admitted",
    "LOSES_COMPLETIONS, and none in flight",
    "LOSES_REQUESTS, answers came whole"
  })
  void findsBooksThatDoNotAddUp(Fault fault, String why) throws IOException {
    Verdict verdict = load(fault);
    assertThat(verdict.exitCode()).isEqualTo(FAILED);
    assertThat(verdict.results().get(0).passed()).isTrue();
    assertThat(verdict.results().get(1).passed()).isFalse();
    assertThat(verdict.results().get(1).actual()).contains(why);
  }

  @Test
  void saysThatAPageIsNotAGates() throws IOException {
    try (SmallGate gate = SmallGate.with(Fault.NONE)) {
      URI other = URI.create(gate.url() + "/nothing");
      assertThatThrownBy(() -> Audit.begin(other))
          .hasMessageContaining("no metrics page of a gate");
    }
  }

  @Test
  void failsARunWhoseGateTookItsBooksAway() throws IOException {
    Audit audit;
    try (SmallGate gate = SmallGate.with(Fault.NONE)) {
      audit = Audit.begin(URI.create(gate.url() + "/metrics"));
    }
    AssertionResult result = audit.judge(load(Fault.NONE).run());
    assertThat(result.passed()).isFalse();
    assertThat(result.actual()).startsWith("cannot read http://");
  }

  private Verdict load(Fault fault) throws IOException {
    try (SmallGate gate = SmallGate.with(fault)) {
      SetUp setUp =
          SetUp.of("broken", List.of(asking("plus"), asking("free")))
              .validWithin(new HealthBounds(60_000, 60_000, 60_000, 60_000, 1, 10))
              .protocols(
                  chat().baseUrl(gate.url()).key("plus", "key-of-plus").key("free", "key-of-free"))
              .assertions(global().priorityInversions().is(0));
      RunOptions options = RunOptions.into(dir, 1);
      Audit audit = Audit.begin(URI.create(gate.url() + "/metrics"));
      RunData run = new Run(setUp.plan(), options).execute();
      return setUp.judge(run, options, audit.judge(run));
    }
  }

  private static Population asking(String tier) {
    return scenario(tier)
        .exec(chat("ask").completion().tier(tier).stream())
        .injectOpen(constantUsersPerSec(80).during(2));
  }
}
