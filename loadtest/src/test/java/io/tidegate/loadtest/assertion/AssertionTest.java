package io.tidegate.loadtest.assertion;

import static io.tidegate.loadtest.assertion.AssertionScope.details;
import static io.tidegate.loadtest.assertion.AssertionScope.forAll;
import static io.tidegate.loadtest.assertion.AssertionScope.global;
import static io.tidegate.loadtest.assertion.AssertionScope.tier;
import static io.tidegate.loadtest.assertion.Runs.MILLI;
import static io.tidegate.loadtest.assertion.Runs.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.loadtest.record.result.Ending;
import io.tidegate.loadtest.record.result.RunData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssertionTest {

  private static final Duration OBJECTIVE = Duration.ofMillis(100);
  private static final Duration THREE_SECONDS = Duration.ofSeconds(3);

  @TempDir Path dir;
  private Runs runs;

  @BeforeEach
  void begin() throws IOException {
    runs = new Runs(dir);
  }

  @Test
  void countsByOutcomeAndScope() throws IOException {
    runs.ok("ask", 0, 0, 0, MILLI).ok("more", 0, 0, SECOND, MILLI);
    runs.ended(1, 0, 0, Ending.shed("no-room")).ended(1, 0, SECOND, Ending.ko("cut"));
    RunData run = runs.finish();
    passes(run, global().allRequests().count().is(4));
    passes(run, global().successfulRequests().percent().is(50));
    passes(run, tier("plus").successfulRequests().percent().is(100));
    passes(run, tier("free").shedRequests().count().is(1));
    passes(run, tier("free").failedRequests().percent().lte(50));
    passes(run, details("more").allRequests().count().is(1));
    passes(run, global().requestsPerSec().is(2));
    fails(run, tier("plus").shedRequests().count().gt(0));
    fails(run, global().failedRequests().count().lt(1));
  }

  @Test
  void judgesEachRequestByItself() throws IOException {
    runs.ok("fast", 0, 0, 0, MILLI).ok("slow", 0, 0, 0, SECOND);
    List<AssertionResult> results = forAll().ttft().percentile4().lt(100).judge(runs.finish());
    assertThat(results).extracting(AssertionResult::passed).containsExactly(true, false);
    assertThat(results.get(1).assertion()).startsWith("slow:");
  }

  @Test
  void seesOnlyTheStretchAskedFor() throws IOException {
    for (int second = 0; second < 10; second++) {
      runs.ok("ask", 0, 0, second * SECOND, second < 5 ? MILLI : SECOND);
    }
    RunData run = runs.finish();
    Duration half = Duration.ofSeconds(5);
    passes(run, global().between(Duration.ZERO, half).ttft().max().lt(10));
    fails(run, global().between(half, Duration.ofSeconds(10)).ttft().max().lt(10));
    passes(run, tier("plus").between(half, Duration.ofSeconds(7)).allRequests().count().is(2));
  }

  @Test
  void countsRefusalsAndFailuresAgainstGoodput() throws IOException {
    runs.ok("ask", 0, 0, 0, MILLI).ok("ask", 0, 0, 0, SECOND);
    runs.ended(0, 0, 0, Ending.shed("no-room")).ended(0, 0, 0, Ending.ko("cut"));
    passes(runs.finish(), tier("plus").goodput(OBJECTIVE).is(25));
  }

  @Test
  void doesNotTakeFastRefusalsForFastAnswers() throws IOException {
    for (int i = 0; i < 100; i++) {
      runs.ended(0, 0, 0, Ending.shed("no-room"));
    }
    RunData run = runs.finish();
    fails(run, global().responseTime().percentile4().lt(1_000));
    fails(run, global().ttft().max().lt(1_000));
    fails(run, global().goodput(OBJECTIVE).gt(0));
    assertThat(global().ttft().max().lt(1).judge(run).get(0).actual())
        .isEqualTo("nothing was measured");
  }

  @Test
  void countsConversationsWhoseEveryTurnWasServed() throws IOException {
    for (int i = 0; i < 4; i++) {
      runs.recorder().conversationBegun(0);
    }
    runs.recorder().conversationCompleted(0);
    passes(runs.finish(), tier("plus").conversationsCompleted().is(25));
  }

  @Test
  void measuresFairnessOverThoseWhoAsked() throws IOException {
    for (int i = 0; i < 10; i++) {
      runs.ok("ask", 0, 0, 0, MILLI);
      runs.ended(0, 1, 0, Ending.shed("no-room"));
      runs.ok("ask", 1, 0, 0, MILLI).ok("ask", 1, 7, 0, MILLI);
    }
    RunData run = runs.finish();
    passes(run, tier("plus").fairnessIndex().is(0.5));
    passes(run, tier("free").fairnessIndex().is(1));
  }

  @Test
  void countsSecondsWithPriorityInversions() throws IOException {
    runs.recorder().decided(false, 0, "plus-opening", 0, MILLI);
    runs.recorder().decided(true, 1, "free-opening", 2 * MILLI, 3 * MILLI);
    fails(runs.finish(), global().priorityInversions().is(0));
  }

  @Test
  void findsWhenTheFirstTokenSettlesAfterAStep() throws IOException {
    for (int second = 0; second < 30; second++) {
      boolean slow = (second >= 10 && second < 14) || second == 16;
      runs.ok("ask", 0, 0, second * SECOND, slow ? 600 * MILLI : 50 * MILLI);
    }
    RunData run = runs.finish(10 * SECOND);
    passes(run, tier("plus").convergenceTime(OBJECTIVE, THREE_SECONDS).is(7));
    passes(run, tier("plus").convergenceTime(OBJECTIVE, Duration.ofSeconds(2)).is(4));
    passes(run, tier("plus").overshoot(OBJECTIVE, THREE_SECONDS).between(495, 505));
    passes(run, tier("plus").areaAboveObjective(OBJECTIVE, THREE_SECONDS).between(2.4, 2.6));
  }

  @Test
  void failsWhenItNeverSettles() throws IOException {
    for (int second = 0; second < 20; second++) {
      runs.ok("ask", 0, 0, second * SECOND, 600 * MILLI);
    }
    fails(runs.finish(SECOND), tier("plus").convergenceTime(OBJECTIVE, THREE_SECONDS).lt(1e9));
  }

  @Test
  void knowsHowLateTheGeneratorWas() throws IOException {
    runs.ok("ask", 0, 0, 0, MILLI);
    passes(runs.finish(), global().scheduleLag().max().is(1));
  }

  @Test
  void writesWhatOtherToolsRead() throws IOException {
    List<AssertionResult> results =
        List.of(
            new AssertionResult("a < \"b\" & c", "5", false), new AssertionResult("d", "1", true));
    AssertionFiles.write(dir, "sim", results, List.of("it lagged"));
    assertThat(Files.readString(dir.resolve("junit.xml")))
        .contains("tests=\"3\" failures=\"1\" errors=\"1\"")
        .contains("a &lt; &quot;b&quot; &amp; c")
        .contains("found 5")
        .contains("it lagged");
    assertThat(Files.readString(dir.resolve("assertions.json")))
        .contains("\"valid\" : false")
        .contains("\"passed\" : false");
  }

  private static void passes(RunData run, Assertion assertion) {
    assertThat(assertion.judge(run)).allMatch(AssertionResult::passed);
  }

  private static void fails(RunData run, Assertion assertion) {
    assertThat(assertion.judge(run)).noneMatch(AssertionResult::passed);
  }
}
