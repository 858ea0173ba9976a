package io.tidegate.http.cli.demo;

import static io.tidegate.loadtest.dsl.CoreDsl.constantUsersPerSec;
import static io.tidegate.loadtest.dsl.CoreDsl.nothingFor;

import io.tidegate.loadtest.arrival.Arrivals;
import io.tidegate.loadtest.builtin.Conversations;
import io.tidegate.loadtest.dsl.ScenarioBuilder;
import io.tidegate.loadtest.run.HealthBounds;
import io.tidegate.loadtest.run.RunPlan;
import io.tidegate.loadtest.scenario.ChatProtocol;
import io.tidegate.loadtest.scenario.Population;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The people in the story, as a plan of the load generator, and their keys. */
final class Visitors {

  /** The feature that the story is about is asked for by such a model. */
  static final String FEATURE_MODEL = "g-demo";

  private static final int OF_EACH_TIER = 50;

  private Visitors() {}

  /** All of the story's visitors. */
  static RunPlan plan(Story story, String url) {
    return plan("demo", "The story of the demo.", story, url);
  }

  /** Those who make ten times as many as on a calm day, together with a calm day's own. */
  static RunPlan surge(String url) {
    return plan("surge", "Ten times a calm day.", Story.ofSurge(), url);
  }

  private static RunPlan plan(String name, String description, Story story, String url) {
    return new RunPlan(
        name,
        description,
        List.of(
            population(story, Conversations.of("plus"), Rates::plus),
            population(story, Conversations.of("free"), Rates::free),
            population(story, Conversations.of("new"), Rates::fresh),
            population(
                story, Conversations.single("feature", "plus", FEATURE_MODEL), Rates::feature)),
        ChatProtocol.defaults().baseUrl(url).withKeys(keys()),
        List.of(),
        Optional.empty(),
        HealthBounds.defaults());
  }

  /** API keys by tier, one for each subscriber. */
  static Map<String, List<String>> keys() {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    for (String tier : ChatProtocol.defaults().tiers()) {
      keys.put(
          tier,
          IntStream.range(0, OF_EACH_TIER).mapToObj(n -> "tg-visitor-" + tier + "-" + n).toList());
    }
    return keys;
  }

  private static Population population(
      Story story, ScenarioBuilder scenario, ToDoubleFunction<Rates> rate) {
    return scenario.injectOpen(
        story.chapters().stream()
            .map(chapter -> arrivals(chapter, rate.applyAsDouble(chapter.rates())))
            .toArray(Arrivals[]::new));
  }

  private static Arrivals arrivals(Chapter chapter, double perSecond) {
    return perSecond == 0
        ? nothingFor(chapter.length())
        : constantUsersPerSec(perSecond).during(chapter.length()).randomized();
  }
}
