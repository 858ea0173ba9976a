package io.tidegate.engine.simulation.scenario;

import java.util.Map;

/**
 * How much each tier asks for, as a part of the upstream's capacity.
 *
 * @param calm at first, by tier
 * @param surge from {@code surgeAtSeconds} on
 * @param surgeAtSeconds when demand changes
 */
public record Demand(Map<String, Double> calm, Map<String, Double> surge, int surgeAtSeconds) {

  public Demand {
    calm = Map.copyOf(calm);
    surge = Map.copyOf(surge);
  }

  /** What a tier asks for at a time; 0 for a tier that is not named. */
  public double of(String tier, double seconds) {
    return (seconds >= surgeAtSeconds ? surge : calm).getOrDefault(tier, 0.0);
  }
}
