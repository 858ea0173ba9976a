package io.tidegate.loadtest.scenario;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where requests go and on whose behalf. Built by {@code with}-like methods, each giving a new one.
 *
 * @param url the base URL; empty: whoever runs the simulation says
 * @param keys API keys by tier, each a subscriber's own; a tier without keys sends none
 * @param tiers names, best first
 * @param model asked for unless a request says otherwise
 * @param maxConnections empty: as many as there are requests
 * @param requestTimeout of a whole request
 * @param firstTokenObjective what the time to the first token should stay below, if stated
 */
public record ChatProtocol(
    Optional<URI> url,
    Map<String, List<String>> keys,
    List<String> tiers,
    String model,
    OptionalInt maxConnections,
    Duration requestTimeout,
    Optional<Duration> firstTokenObjective) {

  public ChatProtocol {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    keys.forEach((tier, of) -> copy.put(tier, List.copyOf(of)));
    keys = copy;
    tiers = List.copyOf(tiers);
    if (tiers.isEmpty()) {
      throw new IllegalArgumentException("at least one tier is needed");
    }
  }

  /** The tiers plus, free and new, no key, no target. */
  public static ChatProtocol defaults() {
    return new ChatProtocol(
        Optional.empty(),
        Map.of(),
        List.of("plus", "free", "new"),
        "simulated-chat",
        OptionalInt.empty(),
        Duration.ofMinutes(10),
        Optional.empty());
  }

  public ChatProtocol baseUrl(String base) {
    return new ChatProtocol(
        Optional.of(URI.create(base)),
        keys,
        tiers,
        model,
        maxConnections,
        requestTimeout,
        firstTokenObjective);
  }

  /** One more subscriber of a tier. */
  public ChatProtocol key(String tier, String key) {
    Map<String, List<String>> more = new LinkedHashMap<>(keys);
    List<String> ofTier = new ArrayList<>(keys.getOrDefault(tier, List.of()));
    ofTier.add(key);
    more.put(tier, ofTier);
    return withKeys(more);
  }

  public ChatProtocol withKeys(Map<String, List<String>> newKeys) {
    return new ChatProtocol(
        url, newKeys, tiers, model, maxConnections, requestTimeout, firstTokenObjective);
  }

  /** The names of the tiers, best first. */
  public ChatProtocol tiers(String... names) {
    return new ChatProtocol(
        url, keys, List.of(names), model, maxConnections, requestTimeout, firstTokenObjective);
  }

  public ChatProtocol model(String name) {
    return new ChatProtocol(
        url, keys, tiers, name, maxConnections, requestTimeout, firstTokenObjective);
  }

  /** Makes requests wait for each other's connections, which shows as blocked time. */
  public ChatProtocol maxConnections(int connections) {
    return new ChatProtocol(
        url, keys, tiers, model, OptionalInt.of(connections), requestTimeout, firstTokenObjective);
  }

  public ChatProtocol requestTimeout(Duration timeout) {
    return new ChatProtocol(url, keys, tiers, model, maxConnections, timeout, firstTokenObjective);
  }

  public ChatProtocol firstTokenObjective(Duration objective) {
    return new ChatProtocol(
        url, keys, tiers, model, maxConnections, requestTimeout, Optional.of(objective));
  }
}
