package io.tidegate.http.cli.explain;

import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.Feature;
import io.tidegate.engine.tier.NewSubscriberRule;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import io.tidegate.http.EngineSetup;
import io.tidegate.http.config.GateConfig;
import io.tidegate.http.config.admission.TierTerms;
import io.tidegate.http.config.yaml.Durations;
import io.tidegate.http.identity.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What a request of a known caller gets, each part with its reason. Nothing is asked of a running
 * gate: whether there is room, and whether a session is open, it cannot say.
 */
final class Explanation {

  private static final String UNLIMITED = "unlimited";

  private final GateConfig config;
  private final TierTable tiers;
  private final Caller.Known caller;
  private final AdmissionRequest request;
  private final Tier tier;

  Explanation(
      GateConfig config,
      TierTable tiers,
      Caller.Known caller,
      AdmissionRequest request,
      Instant now) {
    this.config = config;
    this.tiers = tiers;
    this.caller = caller;
    this.request = request;
    this.tier =
        EngineSetup.withoutFiles(config)
            .newSubscribers()
            .tierOf(caller.subscriber(), now.toEpochMilli(), NewSubscriberRule.NO_SURGE);
  }

  /** Whether it would be refused however much room there is. */
  boolean isRefused() {
    return request.features().stream().anyMatch(feature -> !feature.isFor(tier));
  }

  /** The parts, in the order in which they follow from each other. */
  Map<String, String> parts() {
    Map<String, String> parts = new LinkedHashMap<>();
    TierTerms terms = config.tiers().terms().get(tier.name());
    parts.put("subscriber", caller.subscriber().id() + ", " + proof());
    parts.put("tier", tier());
    parts.put("session", session());
    parts.put("class", classes());
    parts.put("features", features());
    parts.put("cost", cost());
    parts.put("quotas", quotas(terms));
    parts.put(
        "waits",
        "at most %s to open a session, %s to continue one"
            .formatted(
                Durations.print(terms.openingMaxWait()),
                Durations.print(terms.continuingMaxWait())));
    parts.put("verdict", verdict());
    return parts;
  }

  private String proof() {
    return switch (caller.proof()) {
      case API_KEY -> "by an API key of the configuration";
      case TOKEN -> "by a signed token";
      case TRUSTED_HEADER -> "by the word of a trusted proxy";
      case NONE -> "without a key";
    };
  }

  private String tier() {
    Subscriber subscriber = caller.subscriber();
    String since =
        subscriber.subscribedAtEpochMillis().isPresent()
            ? "a subscriber since "
                + Instant.ofEpochMilli(subscriber.subscribedAtEpochMillis().getAsLong())
            : "nobody knows since when they have been a subscriber";
    if (tier.equals(subscriber.tier())) {
      return "%s, their own; %s".formatted(tier.name(), since);
    }
    return "%s, as a new subscriber, instead of their own, %s; %s"
        .formatted(tier.name(), subscriber.tier().name(), since);
  }

  private String session() {
    String name = request.session().name();
    return name.isEmpty()
        ? "their only one, since none is named"
        : "\"%s\", named by %s".formatted(name, config.sessions().keys().get(0));
  }

  private String classes() {
    ServiceClass opening = tiers.classOf(tier, ServiceClass.Kind.OPENING);
    ServiceClass continuing = tiers.classOf(tier, ServiceClass.Kind.CONTINUING);
    return "%s, number %d of %d; %s, number %d, once the session is open"
        .formatted(
            opening.label(),
            opening.rank() + 1,
            tiers.classes().size(),
            continuing.label(),
            continuing.rank() + 1);
  }

  private String features() {
    return request.features().isEmpty()
        ? "none that is configured"
        : request.features().stream().map(this::feature).collect(Collectors.joining("; "));
  }

  private String feature(Feature feature) {
    List<String> terms = new ArrayList<>();
    terms.add(feature.seats() + (feature.seats() == 1 ? " seat" : " seats"));
    feature.maxShare().ifPresent(share -> terms.add("at most " + share + " of the limit"));
    feature
        .quota()
        .ifPresent(quota -> terms.add(quota.uses() + " uses per " + Durations.print(quota.per())));
    if (!feature.isFor(tier)) {
      terms.add("not for tier " + tier.name());
    }
    return feature.name() + " (" + String.join(", ", terms) + ")";
  }

  private String cost() {
    Optional<Feature> dearest =
        request.features().stream().filter(one -> one.seats() == request.seats()).findFirst();
    return request.seats() == 1
        ? "1 seat"
        : request.seats() + " seats" + dearest.map(one -> ", for " + one.name()).orElse("");
  }

  private static String quotas(TierTerms terms) {
    return "%s requests at once, %s a minute, %s tokens a minute, %s sessions of one subscriber, %s of the tier"
        .formatted(
            text(terms.quotas().parallelRequests()),
            text(terms.quotas().requestsPerMinute()),
            text(terms.quotas().tokensPerMinute()),
            text(terms.quotas().sessionsPerSubscriber()),
            text(terms.quotas().sessions()));
  }

  private String verdict() {
    return isRefused()
        ? "refused with 403 and the reason not-in-plan, however much room there is"
        : "admitted while there is room for its class and its quotas are not used up";
  }

  private static String text(OptionalInt quota) {
    return quota.isPresent() ? Integer.toString(quota.getAsInt()) : UNLIMITED;
  }

  private static String text(OptionalLong quota) {
    return quota.isPresent() ? Long.toString(quota.getAsLong()) : UNLIMITED;
  }
}
