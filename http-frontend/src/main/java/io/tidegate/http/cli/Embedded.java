package io.tidegate.http.cli;

import io.tidegate.http.config.GateConfig;
import io.tidegate.http.config.admission.limit.LimitConfig;
import io.tidegate.http.config.identity.key.ApiKeyConfig;
import io.tidegate.http.config.upstream.UpstreamConfig;
import io.tidegate.loadtest.backend.BackendSettings;
import io.tidegate.loadtest.backend.ChatBackend;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * The embedded default: a simulated backend in this process, for whoever has no upstream yet. Only
 * here do the demo keys exist, one for each tier.
 */
final class Embedded {

  private static final int CAPACITY_SEATS = 48;

  private Embedded() {}

  static ChatBackend startBackend() {
    return ChatBackend.start(
        BackendSettings.defaults().withPort(0).withCapacitySeats(CAPACITY_SEATS));
  }

  static GateConfig configFor(GateConfig config, ChatBackend backend) {
    List<ApiKeyConfig> keys = new ArrayList<>(config.identity().apiKeys());
    for (String tier : config.tiers().names()) {
      keys.add(ApiKeyConfig.ofKey(demoKey(tier), "demo-" + tier, tier));
    }
    return config
        .withUpstreams(List.of(UpstreamConfig.of("simulated", URI.create(backend.url()))))
        .withLimit(
            config.limit().equals(LimitConfig.shadow())
                ? LimitConfig.adaptive(CAPACITY_SEATS)
                : config.limit())
        .withIdentity(config.identity().withApiKeys(keys));
  }

  static String demoKey(String tier) {
    return "tg-demo-" + tier;
  }
}
