package io.tidegate.engine.simulation;

import io.tidegate.engine.tier.TierTable;
import java.util.Map;
import java.util.Objects;

/**
 * What comes at the service, and what becomes of its upstream.
 *
 * @param tiers who is told from whom
 * @param kind what the upstream runs out of first
 * @param scale the upstream's size, 1 for a knee of {@link Upstream#FULL_KNEE} streams
 * @param seconds how long it lasts
 * @param warmUpSeconds the part at the beginning that is not counted
 * @param calm demand at first, by tier, as a part of the upstream's capacity
 * @param surge demand from {@code surgeAtSeconds} on
 * @param surgeAtSeconds when demand changes
 * @param resizeAtSeconds when the upstream changes its size; later than the end: never
 * @param resizeFactor its size from then on, relative to the full one
 * @param meanTurns turns of a conversation in the mean, at least 1
 * @param burstiness the coefficient of variation of the time between conversations, 1 for Poisson
 * @param manners what clients do when they are refused
 * @param heavyShare the part of subscribers who ask ten times as much as the others
 * @param seats what each request costs
 * @param failing the part of answers that fail right away
 */
public record Scenario(
    TierTable tiers,
    UpstreamKind kind,
    double scale,
    int seconds,
    int warmUpSeconds,
    Map<String, Double> calm,
    Map<String, Double> surge,
    int surgeAtSeconds,
    int resizeAtSeconds,
    double resizeFactor,
    double meanTurns,
    double burstiness,
    Manners manners,
    double heavyShare,
    int seats,
    double failing) {

  /** The largest upstream that can be asked for. */
  public static final int MOST_SEATS = 4_000;

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
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(manners, "manners");
    calm = Map.copyOf(calm);
    surge = Map.copyOf(surge);
    if (scale <= 0 || seconds <= warmUpSeconds || meanTurns < 1 || burstiness <= 0 || seats < 1) {
      throw new IllegalArgumentException("a scenario needs some size, time, turns and seats");
    }
  }

  /**
   * The usual mix: established subscribers at six tenths of capacity, and new ones who come on top,
   * in conversations of four turns.
   *
   * @param load all demand after the warm-up, as a multiple of capacity
   */
  public static Scenario flood(UpstreamKind kind, double load) {
    TierTable tiers = TierTable.defaults();
    Map<String, Double> calm = Map.of("plus", .40, "free", .15, "new", .05);
    Map<String, Double> surge =
        load < .6
            ? Map.of("plus", load * .67, "free", load * .25, "new", load * .08)
            : Map.of("plus", .40, "free", .15, "new", load - .55);
    return new Scenario(
        tiers,
        kind,
        1,
        420,
        120,
        calm,
        surge,
        60,
        Integer.MAX_VALUE,
        1,
        4,
        1,
        Manners.PATIENT,
        0,
        1,
        0);
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
    double scale = (double) capacitySeats / Upstream.FULL_KNEE;
    return new Scenario(
        tiers,
        kind,
        scale,
        300,
        60,
        calm,
        surge,
        60,
        Integer.MAX_VALUE,
        1,
        4,
        1,
        Manners.PATIENT,
        0,
        1,
        0);
  }

  /** Only one tier asks. */
  public static Scenario alone(UpstreamKind kind, String tier, double load) {
    Scenario base = flood(kind, load);
    return base.withDemand(Map.of(tier, Math.min(.6, load)), Map.of(tier, load));
  }

  /** The same without the calm before it. */
  Scenario surgingFromTheStart() {
    return withDemand(surge, surge);
  }

  Scenario withDemand(Map<String, Double> calm, Map<String, Double> surge) {
    return new Scenario(
        tiers,
        kind,
        scale,
        seconds,
        warmUpSeconds,
        calm,
        surge,
        surgeAtSeconds,
        resizeAtSeconds,
        resizeFactor,
        meanTurns,
        burstiness,
        manners,
        heavyShare,
        seats,
        failing);
  }

  /** The same before a smaller or larger upstream. */
  public Scenario withScale(double scale) {
    return new Scenario(
        tiers,
        kind,
        scale,
        seconds,
        warmUpSeconds,
        calm,
        surge,
        surgeAtSeconds,
        resizeAtSeconds,
        resizeFactor,
        meanTurns,
        burstiness,
        manners,
        heavyShare,
        seats,
        failing);
  }

  /** The same for another time. */
  public Scenario lasting(int seconds, int warmUpSeconds) {
    return new Scenario(
        tiers,
        kind,
        scale,
        seconds,
        warmUpSeconds,
        calm,
        surge,
        surgeAtSeconds,
        resizeAtSeconds,
        resizeFactor,
        meanTurns,
        burstiness,
        manners,
        heavyShare,
        seats,
        failing);
  }

  /** The same with an upstream that changes its size. */
  public Scenario withResize(int atSeconds, double factor) {
    return new Scenario(
        tiers,
        kind,
        scale,
        seconds,
        warmUpSeconds,
        calm,
        surge,
        surgeAtSeconds,
        atSeconds,
        factor,
        meanTurns,
        burstiness,
        manners,
        heavyShare,
        seats,
        failing);
  }

  /** The same in bursts. */
  public Scenario withBurstiness(double burstiness) {
    return new Scenario(
        tiers,
        kind,
        scale,
        seconds,
        warmUpSeconds,
        calm,
        surge,
        surgeAtSeconds,
        resizeAtSeconds,
        resizeFactor,
        meanTurns,
        burstiness,
        manners,
        heavyShare,
        seats,
        failing);
  }

  /** The same with other manners. */
  public Scenario withManners(Manners manners) {
    return new Scenario(
        tiers,
        kind,
        scale,
        seconds,
        warmUpSeconds,
        calm,
        surge,
        surgeAtSeconds,
        resizeAtSeconds,
        resizeFactor,
        meanTurns,
        burstiness,
        manners,
        heavyShare,
        seats,
        failing);
  }

  /** The same with some subscribers who ask ten times as much as others. */
  public Scenario withHeavyShare(double heavyShare) {
    return new Scenario(
        tiers,
        kind,
        scale,
        seconds,
        warmUpSeconds,
        calm,
        surge,
        surgeAtSeconds,
        resizeAtSeconds,
        resizeFactor,
        meanTurns,
        burstiness,
        manners,
        heavyShare,
        seats,
        failing);
  }

  /** The same in conversations of another length. */
  public Scenario withMeanTurns(double meanTurns) {
    return new Scenario(
        tiers,
        kind,
        scale,
        seconds,
        warmUpSeconds,
        calm,
        surge,
        surgeAtSeconds,
        resizeAtSeconds,
        resizeFactor,
        meanTurns,
        burstiness,
        manners,
        heavyShare,
        seats,
        failing);
  }

  /** The same with a part of answers that fail. */
  public Scenario withFailing(double failing) {
    return new Scenario(
        tiers,
        kind,
        scale,
        seconds,
        warmUpSeconds,
        calm,
        surge,
        surgeAtSeconds,
        resizeAtSeconds,
        resizeFactor,
        meanTurns,
        burstiness,
        manners,
        heavyShare,
        seats,
        failing);
  }
}
