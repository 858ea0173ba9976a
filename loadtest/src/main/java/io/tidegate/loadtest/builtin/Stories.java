package io.tidegate.loadtest.builtin;

import static io.tidegate.loadtest.dsl.CoreDsl.constantUsersPerSec;
import static io.tidegate.loadtest.dsl.CoreDsl.global;
import static io.tidegate.loadtest.dsl.CoreDsl.nothingFor;
import static io.tidegate.loadtest.dsl.CoreDsl.stepUsersPerSec;
import static io.tidegate.loadtest.dsl.CoreDsl.tier;

import io.tidegate.loadtest.arrival.trace.Replay;
import io.tidegate.loadtest.arrival.trace.TraceReader;
import io.tidegate.loadtest.assertion.Assertion;
import io.tidegate.loadtest.client.Persona;
import io.tidegate.loadtest.dsl.CoreDsl;
import io.tidegate.loadtest.scenario.Population;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Who arrives when, in each of the built-in tests, and what must hold. Rates are made for a service
 * that carries some fifty streams; in quiet times they take about a third of it.
 */
final class Stories {

  static final Duration HALF_LOST_AT = Duration.ofSeconds(50);

  private static final Duration DEVDAY = Duration.ofSeconds(85);
  private static final Duration FEATURE_AT = Duration.ofSeconds(15);
  private static final Duration SURGE_AT = Duration.ofSeconds(25);
  private static final Duration MINUTE = Duration.ofSeconds(60);
  private static final Duration STEP_AT = Duration.ofSeconds(20);
  private static final double PLUS_PER_SECOND = 1.0;
  private static final double FREE_PER_SECOND = 0.8;
  private static final double NEW_PER_SECOND = 0.6;
  private static final double SURGE = 10;

  private Stories() {}

  static List<Population> quiet(BuiltinOptions options, Duration usual) {
    Duration duration = options.duration().orElse(usual);
    return List.of(
        constant("plus", PLUS_PER_SECOND, options, duration),
        constant("free", FREE_PER_SECOND, options, duration),
        constant("new", NEW_PER_SECOND, options, duration));
  }

  static List<Population> devday(BuiltinOptions options) {
    double scale = options.rateScale();
    Population feature =
        Conversations.single("feature", "plus")
            .injectOpen(
                nothingFor(FEATURE_AT),
                constantUsersPerSec(PLUS_PER_SECOND * scale)
                    .during(DEVDAY.minus(FEATURE_AT))
                    .randomized());
    Population surge =
        Conversations.of("new")
            .injectOpen(
                stepUsersPerSec(NEW_PER_SECOND * scale)
                    .to(SURGE * NEW_PER_SECOND * scale)
                    .at(SURGE_AT)
                    .during(DEVDAY)
                    .randomized());
    return List.of(
        constant("plus", PLUS_PER_SECOND, options, DEVDAY),
        constant("free", FREE_PER_SECOND, options, DEVDAY),
        feature,
        surge);
  }

  static List<Population> insideSurge(BuiltinOptions options) {
    double scale = options.rateScale();
    return List.of(
        constant("plus", PLUS_PER_SECOND, options, MINUTE),
        Conversations.single("feature", "plus")
            .injectOpen(
                stepUsersPerSec(PLUS_PER_SECOND * scale)
                    .to(2 * SURGE * PLUS_PER_SECOND * scale)
                    .at(STEP_AT)
                    .during(MINUTE)
                    .randomized()));
  }

  static List<Population> flood(BuiltinOptions options) {
    return List.of(
        constant("plus", PLUS_PER_SECOND, options, MINUTE),
        Conversations.single("flood", "new")
            .injectOpen(
                stepUsersPerSec(NEW_PER_SECOND * options.rateScale())
                    .to(100 * options.rateScale())
                    .at(STEP_AT)
                    .during(MINUTE)
                    .randomized()));
  }

  static List<Population> retryStorm(BuiltinOptions options) {
    Population storm =
        CoreDsl.scenario("storm")
            .exec(Conversations::drawLengths)
            .exec(Conversations.ask("ask", "free").persona(Persona.storm(20)))
            .injectOpen(
                stepUsersPerSec(FREE_PER_SECOND * options.rateScale())
                    .to(2 * SURGE * options.rateScale())
                    .at(STEP_AT)
                    .during(MINUTE)
                    .randomized());
    return List.of(constant("plus", PLUS_PER_SECOND, options, MINUTE), storm);
  }

  static List<Population> noisyNeighbour(BuiltinOptions options) {
    Population noisy =
        CoreDsl.scenario("noisy")
            .exec(session -> session.set("subscriber", 0))
            .exec(Conversations::drawLengths)
            .exec(Conversations.ask("noise", "free"))
            .injectOpen(
                constantUsersPerSec(SURGE * options.rateScale()).during(MINUTE).randomized());
    return List.of(
        constant("plus", PLUS_PER_SECOND, options, MINUTE),
        constant("free", FREE_PER_SECOND, options, MINUTE),
        noisy);
  }

  static List<Population> trace(BuiltinOptions options) {
    Replay replay = replay(options);
    return List.of(
        CoreDsl.scenario("trace").exec(Conversations.ask("ask", "#{tier}")).injectOpen(replay));
  }

  static Replay replay(BuiltinOptions options) {
    Path file =
        options
            .trace()
            .orElseThrow(() -> new IllegalArgumentException("which trace? Give its file"));
    try {
      Replay whole =
          Replay.of(TraceReader.read(file))
              .timeScale(options.timeScale())
              .rateScale(options.rateScale())
              .assignTiers(options.tierShares())
              .seed(options.seed());
      return options
          .length()
          .map(length -> whole.window(options.from(), options.from().plus(length)))
          .orElse(options.from().isZero() ? whole : whole.from(options.from()));
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Nobody is refused, nothing fails. */
  static List<Assertion> servesEverybody() {
    return List.of(
        global().successfulRequests().percent().gte(99.9),
        tier("plus").ttft().percentile4().lt(2_000),
        global().priorityInversions().is(0));
  }

  /** Whoever is refused, the best tier is served, soon and whole. */
  static List<Assertion> servesTheBestTier() {
    return List.of(
        tier("plus").successfulRequests().percent().gte(99),
        tier("plus").failedRequests().count().is(0),
        tier("plus").ttft().percentile4().lt(2_000),
        tier("plus").conversationsCompleted().gte(98),
        global().priorityInversions().is(0));
  }

  /** Who is admitted is served; the others are told so. */
  static List<Assertion> breaksNothing() {
    return List.of(
        global().failedRequests().percent().lte(0.1), global().priorityInversions().is(0));
  }

  private static Population constant(
      String tier, double perSecond, BuiltinOptions options, Duration duration) {
    return Conversations.of(tier)
        .injectOpen(
            constantUsersPerSec(perSecond * options.rateScale()).during(duration).randomized());
  }
}
