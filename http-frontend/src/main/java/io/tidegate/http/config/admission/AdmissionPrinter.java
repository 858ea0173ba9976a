package io.tidegate.http.config.admission;

import io.tidegate.engine.limit.Objective;
import io.tidegate.engine.quota.TierQuotas;
import io.tidegate.http.config.admission.FeatureConfig.Match;
import io.tidegate.http.config.admission.limit.LimitConfig;
import io.tidegate.http.config.yaml.Durations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Shows the sections of a configuration that say who is let in, as YAML would give them. */
public final class AdmissionPrinter {

  private static final String NONE = "unlimited";

  private AdmissionPrinter() {}

  /** The sections in the order of the documentation. */
  public static Map<String, Object> print(
      LimitConfig limit, TierConfig tiers, SessionConfig sessions, List<FeatureConfig> features) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("limit", limit(limit));
    Map<String, Object> objective = objective(limit.objective());
    if (!limit.models().isEmpty()) {
      Map<String, Object> models = new LinkedHashMap<>();
      limit.models().forEach(model -> models.put(model.glob(), objective(model.objective())));
      objective.put("models", models);
    }
    root.put("objective", objective);
    Map<String, Object> terms = new LinkedHashMap<>();
    tiers.names().forEach(name -> terms.put(name, terms(tiers.terms().get(name))));
    root.put("tiers", terms);
    root.put("shed_order", tiers.shedOrder());
    root.put("class_order", tiers.classOrder());
    tiers.newSubscribers().ifPresent(rule -> root.put("new_subscribers", rule(rule)));
    Map<String, Object> naming = new LinkedHashMap<>();
    naming.put("idle_timeout", Durations.print(sessions.idleTimeout()));
    naming.put("max_open", sessions.maxOpen());
    naming.put("key", sessions.keys().stream().map(Object::toString).toList());
    root.put("sessions", naming);
    Map<String, Object> kinds = new LinkedHashMap<>();
    features.forEach(feature -> kinds.put(feature.name(), feature(feature)));
    root.put("features", kinds);
    return root;
  }

  private static Map<String, Object> objective(Objective objective) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("first_token", Durations.print(objective.firstToken()));
    result.put("time_per_output_token", Durations.print(objective.timePerOutputToken()));
    return result;
  }

  private static Map<String, Object> limit(LimitConfig limit) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("mode", limit.mode().word());
    limit.seats().ifPresent(seats -> result.put("seats", seats));
    result.put("min", limit.min());
    result.put("max", limit.max());
    result.put("reserve", limit.reserve().isPresent() ? limit.reserve().getAsInt() : "auto");
    result.put("max_waiting_per_class", limit.maxWaitingPerClass());
    return result;
  }

  private static Map<String, Object> terms(TierTerms terms) {
    TierQuotas quotas = terms.quotas();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("sessions", orNone(quotas.sessions()));
    result.put("sessions_per_subscriber", orNone(quotas.sessionsPerSubscriber()));
    result.put("parallel_requests", orNone(quotas.parallelRequests()));
    result.put("requests_per_minute", orNone(quotas.requestsPerMinute()));
    OptionalLong tokens = quotas.tokensPerMinute();
    result.put("tokens_per_minute", tokens.isPresent() ? tokens.getAsLong() : NONE);
    Map<String, Object> waits = new LinkedHashMap<>();
    waits.put("opening", Durations.print(terms.openingMaxWait()));
    waits.put("continuing", Durations.print(terms.continuingMaxWait()));
    result.put("max_wait", waits);
    return result;
  }

  private static Object orNone(OptionalInt quota) {
    return quota.isPresent() ? quota.getAsInt() : NONE;
  }

  private static Map<String, Object> rule(NewSubscriberConfig rule) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("tier", rule.tier());
    result.put("for", Durations.print(rule.window()));
    result.put("at_most", Durations.print(rule.atMost()));
    return result;
  }

  private static Map<String, Object> feature(FeatureConfig feature) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("match", match(feature.match()));
    if (!feature.tiers().isEmpty()) {
      result.put("tiers", List.copyOf(feature.tiers()));
    }
    result.put("seats", feature.seats());
    feature.maxShare().ifPresent(share -> result.put("max_share", share));
    feature
        .quota()
        .ifPresent(
            quota -> result.put("quota", quota.uses() + " per " + Durations.print(quota.per())));
    return result;
  }

  private static Map<String, Object> match(Match match) {
    if (match instanceof Match.Model model) {
      return Map.of("model", model.glob());
    } else if (match instanceof Match.Tool tool) {
      return Map.of("tool", tool.glob());
    } else if (match instanceof Match.MaxTokensOver over) {
      return Map.of("max_tokens_over", over.tokens());
    }
    return Map.of("image_input", true);
  }
}
