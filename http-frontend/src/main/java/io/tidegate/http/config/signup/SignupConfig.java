package io.tidegate.http.config.signup;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is sold, who is told of it, and where it is kept.
 *
 * @param plans the plans that are sold, in the order of the file, each name once; without one there
 *     is no sign-up gate
 * @param joinsPerAddressPerMinute how often one address may join the wait-list in a minute, 1 or
 *     more
 * @param pageUrl the status page as people outside reach it; empty: by its path
 * @param webhooks who is told of events
 * @param store where everything is kept
 */
public record SignupConfig(
    List<PlanConfig> plans,
    int joinsPerAddressPerMinute,
    Optional<URI> pageUrl,
    List<WebhookConfig> webhooks,
    StoreConfig store) {

  public SignupConfig {
    plans = List.copyOf(plans);
    webhooks = List.copyOf(webhooks);
    Objects.requireNonNull(pageUrl, "pageUrl");
    Objects.requireNonNull(store, "store");
    SignupRanges.JOINS.check("signups.joins_per_address_per_minute", joinsPerAddressPerMinute);
    Set<String> names = new HashSet<>();
    for (PlanConfig plan : plans) {
      if (!names.add(plan.name())) {
        throw new IllegalArgumentException("signups: `" + plan.name() + "` appears twice");
      }
    }
  }

  /** Nothing is sold. */
  public static SignupConfig none() {
    return new SignupConfig(
        List.of(), SignupRanges.DEFAULT_JOINS, Optional.empty(), List.of(), StoreConfig.embedded());
  }

  /** The same with other plans. */
  public SignupConfig withPlans(List<PlanConfig> plans) {
    return new SignupConfig(plans, joinsPerAddressPerMinute, pageUrl, webhooks, store);
  }
}
