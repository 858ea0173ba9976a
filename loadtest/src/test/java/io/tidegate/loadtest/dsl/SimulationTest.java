package io.tidegate.loadtest.dsl;

import static io.tidegate.loadtest.dsl.ChatDsl.chat;
import static io.tidegate.loadtest.dsl.ChatDsl.finishReason;
import static io.tidegate.loadtest.dsl.ChatDsl.streamIntact;
import static io.tidegate.loadtest.dsl.ChatDsl.ttft;
import static io.tidegate.loadtest.dsl.CoreDsl.atOnceUsers;
import static io.tidegate.loadtest.dsl.CoreDsl.constantConcurrentUsers;
import static io.tidegate.loadtest.dsl.CoreDsl.constantUsersPerSec;
import static io.tidegate.loadtest.dsl.CoreDsl.csv;
import static io.tidegate.loadtest.dsl.CoreDsl.exec;
import static io.tidegate.loadtest.dsl.CoreDsl.global;
import static io.tidegate.loadtest.dsl.CoreDsl.rampUsers;
import static io.tidegate.loadtest.dsl.CoreDsl.scenario;
import static io.tidegate.loadtest.dsl.CoreDsl.stepUsersPerSec;
import static io.tidegate.loadtest.dsl.CoreDsl.tier;
import static io.tidegate.loadtest.dsl.CoreDsl.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.loadtest.backend.BackendSettings;
import io.tidegate.loadtest.backend.ChatBackend;
import io.tidegate.loadtest.client.Persona;
import io.tidegate.loadtest.record.RunDirectory;
import io.tidegate.loadtest.record.result.Interval;
import io.tidegate.loadtest.record.result.Outcome;
import io.tidegate.loadtest.record.result.Phase;
import io.tidegate.loadtest.record.result.RunData;
import io.tidegate.loadtest.run.HealthBounds;
import io.tidegate.loadtest.run.Run;
import io.tidegate.loadtest.run.RunOptions;
import io.tidegate.loadtest.scenario.Population;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class SimulationTest {

  /** Tests say nothing about how busy the machine is that they run on. */
  private static final HealthBounds ANY = new HealthBounds(60_000, 60_000, 60_000, 60_000, 1, 10);

  @TempDir Path dir;
  private ChatBackend backend;

  @BeforeEach
  void start() {
    backend =
        ChatBackend.start(
            BackendSettings.defaults()
                .withFirstTokenMillis(2)
                .withTokenMillis(1)
                .withOutputTokens(10)
                .withCapacitySeats(500));
  }

  @AfterEach
  void stop() {
    backend.close();
  }

  @Test
  void runsEveryUserThroughItsScenario() throws IOException {
    ScenarioBuilder chat =
        scenario("chat")
            .exec(ask().check(streamIntact(), finishReason().is("stop")))
            .pause(Duration.ofMillis(5))
            .repeat(2)
            .on(exec(ask()).pause(Duration.ofMillis(1)));
    SetUp setUp = setUp(chat.injectOpen(rampUsers(50).during(1)));
    setUp.assertions(
        global().successfulRequests().count().is(150),
        tier("plus").conversationsCompleted().is(100),
        global().priorityInversions().is(0));
    Verdict verdict = setUp.run(options());
    assertThat(verdict.results()).allMatch(result -> result.passed());
    assertThat(verdict.exitCode()).isZero();
    assertThat(verdict.sentence()).startsWith("plus 100 % served, 0 streams cut, p99 first token");
    assertThat(backend.stats().completed()).isEqualTo(150);
    assertThat(RunDirectory.read(dir)).isEqualTo(verdict.run());
    assertThat(dir.resolve("junit.xml")).exists();
  }

  @Test
  void sendsTheSameArrivalsForTheSameSeed() throws IOException {
    List<Long> first = firedPerSecond("a", 5);
    assertThat(firedPerSecond("b", 5)).isEqualTo(first);
    assertThat(first.stream().mapToLong(Long::longValue).sum()).isPositive();
  }

  @Test
  void failsWithItsOwnCodeWhenAnAssertionFails() throws IOException {
    SetUp setUp = setUp(scenario("chat").exec(ask()).injectOpen(atOnceUsers(3)));
    setUp.assertions(global().successfulRequests().count().is(4));
    assertThat(setUp.run(options()).exitCode()).isEqualTo(2);
  }

  @Test
  void endsInvalidWhenTheGeneratorIsStarved() throws IOException {
    // A user that keeps the generator's only thread to itself starves all others.
    ScenarioBuilder hog =
        scenario("hog")
            .exec(
                session -> {
                  long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
                  while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                  }
                  return session;
                })
            .exec(ask());
    SetUp setUp =
        setUp(
            hog.injectOpen(atOnceUsers(1)),
            scenario("chat").exec(ask()).injectOpen(constantUsersPerSec(100).during(1)));
    setUp.validWithin(new HealthBounds(50, 60_000, 60_000, 60_000, 1, 10));
    setUp.assertions(global().successfulRequests().count().is(101));
    Verdict verdict = setUp.run(options());
    assertThat(verdict.passed()).isTrue();
    assertThat(verdict.exitCode()).isEqualTo(3);
    assertThat(verdict.run().health().problems().get(0)).contains("fired within");
  }

  @Test
  void keepsTheNumberOfUsersOfAClosedWorkload() throws IOException {
    ScenarioBuilder chat = scenario("chat").exec(ask());
    SetUp setUp =
        setUp(chat.injectClosed(constantConcurrentUsers(5).during(Duration.ofMillis(1500))));
    RunData run = setUp.run(options()).run();
    assertThat(run.total("plus").offered()).isGreaterThan(20);
    assertThat(run.total("plus").ok()).isEqualTo(run.total("plus").offered());
    assertThat(run.intervals().get(0).activeUsers()).isLessThanOrEqualTo(5);
  }

  @Test
  void startsOnePopulationWhenAnotherHasEnded() throws IOException {
    Population late = scenario("late").exec(ask("late")).injectOpen(atOnceUsers(2));
    Population early = scenario("early").exec(ask("early")).injectOpen(atOnceUsers(3));
    RunData run = setUp(early.andThen(late)).run(options()).run();
    assertThat(run.requests()).containsExactly("early", "late");
    assertThat(run.total("plus").ok()).isEqualTo(5);
  }

  @Test
  void countsRefusalsApartAndTriesAgainAsThePersonaWould() throws IOException {
    ScenarioBuilder storm =
        scenario("storm")
            .exec(ask().header("x-backend-script", "status=503").persona(Persona.storm(4)));
    RunData run = setUp(storm.injectOpen(atOnceUsers(2))).run(options()).run();
    assertThat(run.total("plus").shed()).isEqualTo(Map.of("status-503", 8L));
    assertThat(run.total("plus").conversationsBegun()).isEqualTo(2);
    assertThat(run.total("plus").conversationsCompleted()).isZero();
  }

  @Test
  void namesRequestsByTheirGroupAndReadsAttributes() throws IOException {
    Path file = Files.writeString(dir.resolve("users.csv"), "tier,size\nplus,3\nfree,5\n");
    ScenarioBuilder chat =
        scenario("chat")
            .feed(csv(file.toString()).circular())
            .group("first")
            .on(exec(chat("ask").tier("#{tier}").maxTokens("#{size}").stream()));
    RunData run = setUp(chat.injectOpen(atOnceUsers(4))).run(options()).run();
    assertThat(run.requests()).containsExactly("first / ask");
    assertThat(run.total("plus").ok()).isEqualTo(2);
    assertThat(run.total("free").ok()).isEqualTo(2);
    assertThat(run.total("plus").tokens()).isLessThanOrEqualTo(6);
  }

  @Test
  void replaysATraceWithItsLengthsAndTiers() throws IOException {
    StringBuilder rows =
        new StringBuilder("Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type\n");
    for (int i = 0; i < 40; i++) {
      rows.append(i / 4).append(",M,10,3,13,log\n");
    }
    Path file = Files.writeString(dir.resolve("trace.csv"), rows);
    ScenarioBuilder chat =
        scenario("chat")
            .exec(
                chat("ask")
                    .tier("#{tier}")
                    .inputTokens("#{inputTokens}")
                    .maxTokens("#{outputTokens}")
                    .stream());
    RunData run =
        setUp(
                chat.injectOpen(
                    trace(file.toString())
                        .timeScale(10)
                        .assignTiers(Map.of("plus", 1.0, "free", 1.0))
                        .seed(3)))
            .run(options())
            .run();
    long plus = run.total("plus").ok();
    long free = run.total("free").ok();
    assertThat(plus + free).isEqualTo(40);
    assertThat(plus).isBetween(10L, 30L);
    assertThat(run.total("plus").tokens() + run.total("free").tokens()).isLessThanOrEqualTo(120);
  }

  @Test
  void marksStepsAndWhatElseChanges() throws IOException {
    SetUp setUp =
        setUp(
            scenario("chat")
                .exec(ask())
                .injectOpen(
                    stepUsersPerSec(1)
                        .to(20)
                        .at(Duration.ofMillis(300))
                        .during(Duration.ofSeconds(1))));
    setUp.marked(Duration.ofMillis(100), "half lost");
    assertThat(setUp.run(options()).run().marks())
        .containsExactly(
            new RunData.Mark(TimeUnit.MILLISECONDS.toNanos(100), "half lost"),
            new RunData.Mark(TimeUnit.MILLISECONDS.toNanos(300), "load changes"));
  }

  @Test
  void turnsAFailedCheckIntoAFailure() throws IOException {
    ScenarioBuilder chat =
        scenario("chat")
            .exec(ask().check(ttft().lte(Duration.ofNanos(1))))
            .exitHereIfFailed()
            .exec(ask("never"));
    RunData run = setUp(chat.injectOpen(atOnceUsers(1))).run(options()).run();
    assertThat(run.total("plus").ko()).isEqualTo(Map.of("check-ttft", 1L));
    assertThat(run.requests()).containsExactly("ask");
  }

  @Test
  void writesWhatWasMeasuredWhenStopped() throws Exception {
    SetUp setUp =
        setUp(scenario("chat").exec(ask()).injectOpen(constantUsersPerSec(20).during(3600)));
    CompletableFuture<Run> started = new CompletableFuture<>();
    RunOptions stopping =
        new RunOptions(
            1, dir, List.of(), false, false, Optional.empty(), progress -> started.join().stop());
    Run run = new Run(setUp.plan(), stopping);
    started.complete(run);
    RunData data = run.execute();
    assertThat(data.cutShort()).isTrue();
    assertThat(data.health().unsent()).isGreaterThan(70_000);
    assertThat(data.total("plus").offered()).isPositive();
    assertThat(setUp.judge(data, stopping).exitCode()).isEqualTo(3);
  }

  @Test
  void showsAStallInTheLatenciesCountedFromTheIntendedTime() throws Exception {
    // The stall is the client's own: one connection, held by a request that takes 600 ms.
    ScenarioBuilder stall =
        scenario("stall")
            .exec(ask("stall").header("x-backend-script", "first-token-ms=600,output-tokens=1"));
    ScenarioBuilder quick =
        scenario("quick").exec(ask("quick").header("x-backend-script", "output-tokens=1"));
    SetUp setUp =
        setUp(
            stall.injectOpen(atOnceUsers(1)),
            quick.injectOpen(CoreDsl.nothingFor(Duration.ofMillis(50)), rampUsers(50).during(1)));
    setUp.adapt(protocol -> protocol.maxConnections(1));
    RunData run = setUp.run(options()).run();
    // Of those due during the stall, the first waited for nearly all of it, the last hardly: as in
    // wrk2, they are spread evenly over it, though each was answered within milliseconds.
    long[] waits = {percentile(run, Phase.FIRST_TOKEN, 99), percentile(run, Phase.HEADERS, 50)};
    assertThat(waits[0]).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(350));
    assertThat(waits[1]).isLessThan(TimeUnit.MILLISECONDS.toNanos(300));
    assertThat(run.health().blocked().maxNanos()).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(350));
  }

  @Test
  void findsAGateThatAdmitsTheWorseAndRefusesTheBetter() throws IOException {
    ScenarioBuilder plus =
        scenario("plus").exec(ask().tier("plus").header("x-backend-script", "status=503"));
    ScenarioBuilder free = scenario("free").exec(ask().tier("free"));
    SetUp setUp =
        setUp(
            plus.injectOpen(constantUsersPerSec(20).during(1)),
            free.injectOpen(constantUsersPerSec(20).during(1)));
    setUp.assertions(global().priorityInversions().is(0));
    assertThat(setUp.run(options()).exitCode()).isEqualTo(2);
  }

  @Test
  void explainsScenariosThatMakeNoSense() {
    assertThatThrownBy(() -> new Nothing().setUp()).hasMessageContaining("must call setUp");
    assertThatThrownBy(() -> scenario("empty").injectOpen(atOnceUsers(1)))
        .hasMessageContaining("does nothing");
    SetUp gold = setUp(scenario("chat").exec(ask().tier("gold")).injectOpen(atOnceUsers(1)));
    assertThatThrownBy(() -> gold.run(options())).hasMessageContaining("`gold` is none of");
    SetUp loop =
        setUp(
            scenario("loop")
                .repeat(10_000_000)
                .on(exec(session -> session))
                .injectOpen(atOnceUsers(1)));
    assertThatThrownBy(() -> loop.run(options())).hasMessageContaining("never pauses");
  }

  private List<Long> firedPerSecond(String name, long seed) throws IOException {
    SetUp setUp =
        setUp(
            scenario("chat")
                .exec(ask())
                .injectOpen(constantUsersPerSec(50).during(2).randomized()));
    RunData run = setUp.run(RunOptions.into(dir.resolve(name), seed)).run();
    // By the time intended: when they were really fired depends on the machine.
    return run.intervals().stream().map((Interval i) -> i.tier("plus").whole().count()).toList();
  }

  private static long percentile(RunData run, Phase phase, double percentile) {
    return run.latencies(
            series ->
                series.request().equals("quick")
                    && series.outcome() == Outcome.OK
                    && series.phase() == phase)
        .percentileNanos(percentile);
  }

  private RunOptions options() {
    return RunOptions.into(dir, 1);
  }

  private SetUp setUp(Population... populations) {
    return new SetUp("test", List.of(populations))
        .validWithin(ANY)
        .protocols(chat().baseUrl(backend.url()));
  }

  private static ChatCallBuilder ask() {
    return ask("ask");
  }

  private static ChatCallBuilder ask(String name) {
    return chat(name).completion().inputTokens(5).stream();
  }

  private static final class Nothing extends Simulation {}
}
