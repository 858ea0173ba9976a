package io.tidegate.http;

import io.tidegate.engine.EngineSettings;
import io.tidegate.engine.admission.Feature;
import io.tidegate.engine.limit.LimitSettings;
import io.tidegate.engine.queue.WaitSettings;
import io.tidegate.engine.quota.QuotaSettings;
import io.tidegate.engine.session.SessionSettings;
import io.tidegate.engine.tier.NewSubscriberRule;
import io.tidegate.engine.tier.TierTable;
import io.tidegate.http.config.GateConfig;
import io.tidegate.http.config.admission.TierConfig;
import io.tidegate.http.config.admission.TierTerms;
import io.tidegate.http.config.admission.limit.LimitConfig;
import io.tidegate.http.proxy.asked.FeatureRules;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** What the engine is started with, as the configuration has it. */
public final class EngineSetup {

  private static final String COUNTERS_FILE = "counters.dat";
  private static final String LIMIT_FILE = "limit.state";

  private EngineSetup() {}

  /** Settings for a gate, which keeps its files. */
  static EngineSettings of(GateConfig config) {
    TierTable tiers = config.tiers().table();
    return settings(config, tiers, FeatureRules.of(config.features(), tiers).all())
        .withCountersFile(config.dataDir().resolve(COUNTERS_FILE))
        .withLimitFile(config.dataDir().resolve(LIMIT_FILE));
  }

  /** The same for an engine that keeps no files and knows no features: for a simulation. */
  public static EngineSettings withoutFiles(GateConfig config) {
    return settings(config, config.tiers().table(), List.of());
  }

  private static EngineSettings settings(
      GateConfig config, TierTable tiers, List<Feature> features) {
    TierConfig terms = config.tiers();
    return EngineSettings.of(tiers)
        .withLimit(limit(config.limit()))
        .withReserve(config.limit().reserve())
        .withQuotas(
            new QuotaSettings(
                tiers.tiers().stream()
                    .map(tier -> terms.terms().get(tier.name()).quotas())
                    .toList(),
                features,
                config.identity().maxSubscribers()))
        .withWaits(new WaitSettings(waits(terms), config.limit().maxWaitingPerClass()))
        .withNewSubscribers(
            terms
                .newSubscribers()
                .map(rule -> NewSubscriberRule.of(tiers, rule.tier(), rule.window(), rule.atMost()))
                .orElse(NewSubscriberRule.off()))
        .withSessions(
            new SessionSettings(
                config.sessions().idleTimeout(),
                SessionSettings.defaults().shards(),
                config.sessions().maxOpen()));
  }

  private static LimitSettings limit(LimitConfig limit) {
    return switch (limit.mode()) {
      case FIXED -> new LimitSettings.Fixed(limit.seats().orElseThrow());
      case ADAPTIVE -> adaptive(limit, limit.seats());
      case SHADOW -> new LimitSettings.Shadow(limit.seats(), adaptive(limit, OptionalInt.empty()));
    };
  }

  private static LimitSettings.Adaptive adaptive(LimitConfig limit, OptionalInt startSeats) {
    return new LimitSettings.Adaptive(startSeats, limit.min(), limit.max(), limit.objective());
  }

  private static Map<String, Duration> waits(TierConfig tiers) {
    Map<String, Duration> waits = new HashMap<>();
    for (String name : tiers.names()) {
      TierTerms terms = tiers.terms().get(name);
      waits.put(name + "-opening", terms.openingMaxWait());
      waits.put(name + "-continuing", terms.continuingMaxWait());
    }
    return waits;
  }
}
