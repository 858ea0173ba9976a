package io.tidegate.http.admin.books;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.tidegate.engine.telemetry.EngineSnapshot;
import io.tidegate.engine.telemetry.TierSnapshot;

/** Tokens of prompts and answers, by who says how many. */
final class TokenMetrics {

  private TokenMetrics() {}

  static CounterSnapshot of(EngineSnapshot now) {
    CounterSnapshot.Builder counter =
        CounterSnapshot.builder()
            .name("tidegate_tokens")
            .help("Tokens of requests that have ended, as upstreams told them or as seen here.");
    for (TierSnapshot tier : now.tiers()) {
      tier.tokens()
          .forEach(
              (kind, count) ->
                  counter.dataPoint(
                      CounterSnapshot.CounterDataPointSnapshot.builder()
                          .labels(
                              Labels.of(
                                  "tier",
                                  tier.tier().name(),
                                  "of",
                                  kind.of(),
                                  "source",
                                  kind.source()))
                          .value((double) count)
                          .build()));
    }
    return counter.build();
  }
}
