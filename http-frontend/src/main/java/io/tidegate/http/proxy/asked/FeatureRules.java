package io.tidegate.http.proxy.asked;

import io.tidegate.engine.admission.Feature;
import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import io.tidegate.http.config.admission.FeatureConfig;
import io.tidegate.http.config.admission.FeatureConfig.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which features a request uses. Each thing in it (its model, each of its tools, pictures, the
 * length it allows) counts as the first feature that matches it.
 *
 * <p>Threading: immutable, safe for all.
 */
public final class FeatureRules {

  /** A feature and the thing it is matched by. */
  private record Rule<T>(Feature feature, Predicate<T> matches) {}

  private final List<Feature> all = new ArrayList<>();
  private final List<Rule<String>> byModel = new ArrayList<>();
  private final List<Rule<String>> byTool = new ArrayList<>();
  private final List<Rule<Integer>> byMaxTokens = new ArrayList<>();
  private final List<Rule<Boolean>> byImage = new ArrayList<>();

  private FeatureRules() {}

  /** The configured features, in their order. */
  public static FeatureRules of(List<FeatureConfig> configured, TierTable tiers) {
    FeatureRules rules = new FeatureRules();
    for (FeatureConfig config : configured) {
      rules.add(feature(config, rules.all.size(), tiers), config.match());
    }
    return rules;
  }

  /** All of them, as the engine counts them. */
  public List<Feature> all() {
    return List.copyOf(all);
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** What a request uses, each feature once. */
  List<Feature> of(BodyFacts facts) {
    if (all.isEmpty()) {
      return List.of();
    }
    List<Feature> used = new ArrayList<>();
    first(byModel, facts.model()).ifPresent(used::add);
    for (String tool : facts.tools()) {
      first(byTool, tool).filter(feature -> !used.contains(feature)).ifPresent(used::add);
    }
    first(byImage, facts.imageInput()).ifPresent(used::add);
    if (facts.maxTokens().isPresent()) {
      first(byMaxTokens, facts.maxTokens().getAsInt()).ifPresent(used::add);
    }
    return used;
  }

  private void add(Feature feature, Match match) {
    all.add(feature);
    if (match instanceof Match.Model model) {
      byModel.add(new Rule<>(feature, Globs.matching(model.glob())));
    } else if (match instanceof Match.Tool tool) {
      byTool.add(new Rule<>(feature, Globs.matching(tool.glob())));
    } else if (match instanceof Match.MaxTokensOver over) {
      byMaxTokens.add(new Rule<>(feature, tokens -> tokens > over.tokens()));
    } else {
      byImage.add(new Rule<>(feature, present -> present));
    }
  }

  private static <T> Optional<Feature> first(List<Rule<T>> rules, T thing) {
    for (Rule<T> rule : rules) {
      if (rule.matches().test(thing)) {
        return Optional.of(rule.feature());
      }
    }
    return Optional.empty();
  }

  private static Feature feature(FeatureConfig config, int index, TierTable tiers) {
    Set<Tier> allowed =
        config.tiers().stream()
            .map(name -> tiers.find(name).orElseThrow())
            .collect(Collectors.toUnmodifiableSet());
    return new Feature(
        config.name(), index, allowed, config.seats(), config.maxShare(), config.quota());
  }
}
