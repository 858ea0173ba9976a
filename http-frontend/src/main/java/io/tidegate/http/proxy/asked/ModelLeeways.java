package io.tidegate.http.proxy.asked;

import io.tidegate.engine.admission.Leeway;
import io.tidegate.http.config.admission.limit.LimitConfig;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which models may take longer, and by how much.
 *
 * <p>Threading: immutable, safe for all.
 */
public final class ModelLeeways {
  private record Rule(Predicate<String> matches, Leeway leeway) {}

  private final List<Rule> rules;

  private ModelLeeways(List<Rule> rules) {
    this.rules = rules;
  }

  /** Those of the configuration, in its order. */
  public static ModelLeeways of(LimitConfig limit) {
    return new ModelLeeways(
        limit.models().stream()
            .map(each -> new Rule(Globs.matching(each.glob()), each.over(limit.objective())))
            .toList());
  }

  /** That of the first rule which fits. */
  Leeway of(String model) {
    for (Rule rule : rules) {
      if (rule.matches().test(model)) {
        return rule.leeway();
      }
    }
    return Leeway.NONE;
  }
}
