package io.tidegate.http.config;

import io.tidegate.engine.admission.Feature;
import io.tidegate.http.config.admission.FeatureConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a configuration changes in a gate that runs with another.
 *
 * @param effective what the gate can run with from now on: the new settings, with the old ones
 *     where a running gate cannot change them
 * @param changed a line for each setting that changes, secrets masked
 * @param needsRestart a line for each setting that stays until the gate is started anew
 */
public record ConfigChange(GateConfig effective, List<String> changed, List<String> needsRestart) {

  public ConfigChange {
    changed = List.copyOf(changed);
    needsRestart = List.copyOf(needsRestart);
  }

  /** Compares what runs with what is wanted. */
  public static ConfigChange between(GateConfig running, GateConfig wanted) {
    GateConfig effective =
        running
            .withListen(running.listen().taking(wanted.listen()))
            .withUpstreams(wanted.upstreams())
            .withTimeouts(wanted.timeouts())
            .withLimit(wanted.limit().withMaxWaitingPerClass(running.limit().maxWaitingPerClass()))
            .withSessions(running.sessions().withKeys(wanted.sessions().keys()));
    if (running.tiers().hasOrderOf(wanted.tiers())) {
      // Keys and features name tiers: without the new tiers they cannot be taken either.
      effective = withTiers(effective, running, wanted);
    }
    return new ConfigChange(
        effective, Differences.between(running, effective), Differences.between(effective, wanted));
  }

  private static GateConfig withTiers(GateConfig effective, GateConfig running, GateConfig wanted) {
    GateConfig result =
        effective
            .withTiers(wanted.tiers())
            .withIdentity(
                wanted.identity().withMaxSubscribers(running.identity().maxSubscribers()));
    return books(running.features()).equals(books(wanted.features()))
        ? result.withFeatures(wanted.features())
        : result;
  }

  /** What subscribers' accounts have room for: uses of each feature that has a quota. */
  private static List<Map.Entry<String, Optional<Feature.Quota>>> books(
      List<FeatureConfig> features) {
    return features.stream().map(feature -> Map.entry(feature.name(), feature.quota())).toList();
  }
}
