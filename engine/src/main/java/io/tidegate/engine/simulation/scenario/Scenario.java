package io.tidegate.engine.simulation.scenario;

import io.tidegate.engine.tier.TierTable;
import java.util.Map;
import java.util.Objects;

/**
 * What comes at the service, and what becomes of its upstream.
 *
 * @param tiers who is told from whom
 * @param capacity the upstream
 * @param demand how much is asked for
 * @param habits how people use the service
 * @param seconds how long it lasts
 * @param warmUpSeconds the part at the beginning that is not counted, shorter than the whole
 */
public record Scenario(
    TierTable tiers,
    Capacity capacity,
    Demand demand,
    Habits habits,
    int seconds,
    int warmUpSeconds) {
  /** The largest upstream that can be asked for. */
  public static final int MOST_SEATS = 4_000;

  private static final int SURGE_AT_SECONDS = 60;

  /** What clients do when they are refused. */
  public enum Manners {
    /** They come back when they were told to, for half a minute. */
    PATIENT,
    /** Half of them come back after a second, whatever they were told; the others are patient. */
    STORMING,
    /** They go. */
    LEAVING
  }

  public Scenario {
    Objects.requireNonNull(tiers, "tiers");
    Objects.requireNonNull(capacity, "capacity");
    Objects.requireNonNull(demand, "demand");
    Objects.requireNonNull(habits, "habits");
    if (seconds <= warmUpSeconds) {
      throw new IllegalArgumentException(
          "%d s are no more than the warm-up of %d s".formatted(seconds, warmUpSeconds));
    }
  }

  /**
   * The usual mix: established subscribers at six tenths of capacity, and new ones who come on top,
   * in conversations of four turns.
   *
   * @param load all demand after the warm-up, as a multiple of capacity
   */
  public static Scenario flood(UpstreamKind kind, double load) {
    Map<String, Double> calm = Map.of("plus", .40, "free", .15, "new", .05);
    Map<String, Double> surge =
        load < .6
            ? Map.of("plus", load * .67, "free", load * .25, "new", load * .08)
            : Map.of("plus", .40, "free", .15, "new", load - .55);
    return of(TierTable.defaults(), kind, Capacity.FULL_KNEE, calm, surge).lasting(420, 120);
  }

  /**
   * Any tiers in conversations of four turns, before an upstream of any size.
   *
   * @param capacitySeats the streams at the upstream's knee
   * @param calm demand in the first minute, by tier, as a part of capacity
   * @param surge demand from then on
   */
  public static Scenario of(
      TierTable tiers,
      UpstreamKind kind,
      int capacitySeats,
      Map<String, Double> calm,
      Map<String, Double> surge) {
    return new Scenario(
        tiers,
        Capacity.of(kind, (double) capacitySeats / Capacity.FULL_KNEE),
        new Demand(calm, surge, SURGE_AT_SECONDS),
        Habits.USUAL,
        300,
        60);
  }

  /** Only one tier asks. */
  public static Scenario alone(UpstreamKind kind, String tier, double load) {
    return flood(kind, load).withDemand(Map.of(tier, Math.min(.6, load)), Map.of(tier, load));
  }

  /** The same without the calm before it. */
  public Scenario surgingFromTheStart() {
    return withDemand(demand.surge(), demand.surge());
  }

  /** The same for another time. */
  public Scenario lasting(int seconds, int warmUpSeconds) {
    return new Scenario(tiers, capacity, demand, habits, seconds, warmUpSeconds);
  }

  /** The same with other demand. */
  public Scenario withDemand(Map<String, Double> calm, Map<String, Double> surge) {
    Demand other = new Demand(calm, surge, demand.surgeAtSeconds());
    return new Scenario(tiers, capacity, other, habits, seconds, warmUpSeconds);
  }

  /** The same before a smaller or larger upstream. */
  public Scenario withScale(double scale) {
    return with(capacity.withScale(scale));
  }

  /** The same with an upstream that changes its size at a time, and may have done so before. */
  public Scenario withResize(int atSeconds, double factor) {
    return with(capacity.withSize(atSeconds, factor));
  }

  /** The same with a part of answers that fail. */
  public Scenario withFailing(double failing) {
    return with(capacity.withFailing(failing));
  }

  /** The same with an upstream that is not the plain one. */
  public Scenario withTrait(Trait trait) {
    return with(capacity.withTrait(trait));
  }

  /** The same in bursts. */
  public Scenario withBurstiness(double burstiness) {
    return with(new Habits(habits.meanTurns(), burstiness, habits.manners(), habits.heavyShare()));
  }

  /** The same with other manners. */
  public Scenario withManners(Manners manners) {
    return with(new Habits(habits.meanTurns(), habits.burstiness(), manners, habits.heavyShare()));
  }

  /** The same with some subscribers who ask ten times as much as others. */
  public Scenario withHeavyShare(double heavyShare) {
    return with(new Habits(habits.meanTurns(), habits.burstiness(), habits.manners(), heavyShare));
  }

  /** The same in conversations of another length. */
  public Scenario withMeanTurns(double meanTurns) {
    return with(new Habits(meanTurns, habits.burstiness(), habits.manners(), habits.heavyShare()));
  }

  /** What the upstream runs out of first. */
  public UpstreamKind kind() {
    return capacity.kind();
  }

  private Scenario with(Capacity other) {
    return new Scenario(tiers, other, demand, habits, seconds, warmUpSeconds);
  }

  private Scenario with(Habits other) {
    return new Scenario(tiers, capacity, demand, other, seconds, warmUpSeconds);
  }
}
