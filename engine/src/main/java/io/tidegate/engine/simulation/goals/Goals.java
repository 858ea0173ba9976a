package io.tidegate.engine.simulation.goals;

import io.tidegate.engine.EngineSettings;
import io.tidegate.engine.limit.LimitSettings;
import io.tidegate.engine.limit.Objective;
import io.tidegate.engine.queue.WaitSettings;
import io.tidegate.engine.simulation.Simulation;
import io.tidegate.engine.simulation.result.Result;
import io.tidegate.engine.simulation.scenario.Capacity;
import io.tidegate.engine.simulation.scenario.Scenario;
import io.tidegate.engine.simulation.scenario.Scenario.Manners;
import io.tidegate.engine.simulation.scenario.UpstreamKind;
import io.tidegate.engine.tier.TierTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/**
 * What the engine has to reach, measured: goodput in a flood, service of the best tier, fairness
 * from inside, use of the seats, and how soon a limit is found.
 *
 * <p>Thread-safe; the same seeds give the same figures.
 */
public final class Goals {
  private static final int KNEE = Capacity.FULL_KNEE;
  private static final int MIN_SEATS = 8;
  private static final int MAX_SEATS = 4_000;
  private static final int NEVER_FOUND_SECONDS = 999;
  private static final double HEAVY = .05;

  /** How the engine gets its limit. */
  public enum Mode {
    /** It is told the knee. */
    FIXED("fixed"),
    /** It finds it, and starts wide open. */
    ADAPTIVE("adaptive");

    private final String label;

    Mode(String label) {
      this.label = label;
    }
  }

  private record Run(Scenario scenario, EngineSettings settings, long seed) {}

  /** One figure of one run, or of two that are compared. */
  private interface Figure {
    double of(UpstreamKind kind, Mode mode, long seed);
  }

  private final Map<Run, Result> runs = new ConcurrentHashMap<>();
  private final int seeds;

  /**
   * Goals over some seeds.
   *
   * @param seeds how many, at least 1
   */
  public Goals(int seeds) {
    if (seeds < 1) {
      throw new IllegalArgumentException("at least one seed is needed, not " + seeds);
    }
    this.seeds = seeds;
  }

  /** All goals, for both kinds of upstream; runs on all cores. */
  public List<Goal> all() {
    List<Goal> goals = new ArrayList<>();
    for (UpstreamKind kind : UpstreamKind.values()) {
      for (Mode mode : Mode.values()) {
        goals.addAll(of(kind, mode));
      }
      goals.addAll(search(kind));
    }
    return goals;
  }

  /** The goals of one kind of upstream and limit. */
  public List<Goal> of(UpstreamKind kind, Mode mode) {
    boolean fixed = mode == Mode.FIXED;
    List<Goal> goals = new ArrayList<>();
    goals.add(least("goodput at 2x", .98, kind, mode, flood(2, Result::goodput)));
    goals.add(least("goodput at 4x", .97, kind, mode, flood(4, Result::goodput)));
    goals.add(least("goodput at 10x", .95, kind, mode, flood(10, Result::goodput)));
    goals.add(least("best tier served at 12x", .999, kind, mode, flood(12, Result::bestServed)));
    goals.add(
        least(
            "its open sessions served at 12x",
            .999,
            kind,
            mode,
            flood(12, result -> result.served("plus-continuing"))));
    for (double load : new double[] {2, 4}) {
      String name = "best tier alone at %.0fx: ".formatted(load);
      goals.add(least(name + "goodput", .97, kind, mode, inside(load, Result::goodput)));
      goals.add(least(name + "Jain's index", .95, kind, mode, inside(load, Result::fairness)));
      goals.add(
          least(name + "conversations finished", .99, kind, mode, inside(load, Result::finished)));
    }
    goals.add(most("priority inversions at 12x", 0, kind, mode, flood(12, Result::inversions)));
    goals.add(
        least(
            "use of the limit while anyone waits",
            .95,
            kind,
            mode,
            flood(4, Result::useWhileWaiting)));
    goals.add(least("worst class alone at 2x: goodput", .98, kind, mode, worstAlone()));
    goals.add(most("a retry storm changes goodput by", .02, kind, mode, stormsChange()));
    goals.add(most("stormers gain over those who wait", 1.15, kind, mode, stormersGain()));
    goals.add(
        most(
            "p99 first token of the best tier, 12x over idle",
            fixed ? 1.5 : 2,
            kind,
            mode,
            late(1)));
    goals.add(most("the same in bursts", fixed ? 2.25 : 3, kind, mode, late(2)));
    if (!fixed) {
      goals.add(least("half the capacity lost: best tier served", .99, kind, mode, halved()));
    }
    return goals;
  }

  /** Goals of the search for the limit, from three starts. */
  public List<Goal> search(UpstreamKind kind) {
    List<Goal> goals = new ArrayList<>();
    Map<String, OptionalInt> starts = new LinkedHashMap<>();
    starts.put("10x too low", OptionalInt.of(KNEE / 10));
    starts.put("5x too high", OptionalInt.of(KNEE * 5));
    starts.put("wide open", OptionalInt.empty());
    // From the first second on: a calm before it would let the search get half way, uncounted.
    Scenario scenario = Scenario.flood(kind, 4).surgingFromTheStart().lasting(240, 0);
    starts.forEach(
        (name, start) -> {
          EngineSettings settings = adaptive(scenario.tiers(), start);
          goals.add(
              most(
                  "limit found from " + name + ", seconds",
                  30,
                  kind,
                  Mode.ADAPTIVE,
                  (of, mode, seed) ->
                      run(scenario, settings, seed)
                          .foundAfterSeconds(KNEE)
                          .orElse(NEVER_FOUND_SECONDS)));
          goals.add(
              least(
                  "best tier served meanwhile, " + name,
                  .999,
                  kind,
                  Mode.ADAPTIVE,
                  (of, mode, seed) -> run(scenario, settings, seed).bestServed()));
        });
    return goals;
  }

  private Figure flood(double load, ToDoubleFunction<Result> figure) {
    return (kind, mode, seed) -> figure.applyAsDouble(run(Scenario.flood(kind, load), mode, seed));
  }

  private Figure inside(double load, ToDoubleFunction<Result> figure) {
    return (kind, mode, seed) ->
        figure.applyAsDouble(
            run(Scenario.alone(kind, "plus", load).withHeavyShare(HEAVY), mode, seed));
  }

  private Figure worstAlone() {
    return (kind, mode, seed) -> run(Scenario.alone(kind, "new", 2), mode, seed).goodput();
  }

  private Figure stormsChange() {
    return (kind, mode, seed) ->
        Math.abs(
            storm(kind, mode, seed).goodput() - run(Scenario.flood(kind, 4), mode, seed).goodput());
  }

  private Figure stormersGain() {
    return (kind, mode, seed) -> storm(kind, mode, seed).stormersGain();
  }

  private Result storm(UpstreamKind kind, Mode mode, long seed) {
    return run(Scenario.flood(kind, 4).withManners(Manners.STORMING), mode, seed);
  }

  private Figure late(double burstiness) {
    return (kind, mode, seed) ->
        run(Scenario.flood(kind, 12).withBurstiness(burstiness), mode, seed).bestFirstTokenSeconds()
            / run(Scenario.flood(kind, .5).withBurstiness(burstiness), mode, seed)
                .bestFirstTokenSeconds();
  }

  private Figure halved() {
    return (kind, mode, seed) ->
        run(Scenario.flood(kind, 4).lasting(540, 180).withResize(180, .5), mode, seed).bestServed();
  }

  private Goal least(String name, double bound, UpstreamKind kind, Mode mode, Figure figure) {
    return goal(name, true, bound, kind, mode, figure);
  }

  private Goal most(String name, double bound, UpstreamKind kind, Mode mode, Figure figure) {
    return goal(name, false, bound, kind, mode, figure);
  }

  private Goal goal(
      String name, boolean least, double bound, UpstreamKind kind, Mode mode, Figure figure) {
    List<Double> figures =
        LongStream.rangeClosed(1, seeds)
            .parallel()
            .mapToObj(seed -> figure.of(kind, mode, seed))
            .toList();
    return new Goal(name, kind.label() + " " + mode.label, least, bound, figures);
  }

  private Result run(Scenario scenario, Mode mode, long seed) {
    EngineSettings settings =
        mode == Mode.FIXED
            ? settings(scenario.tiers(), new LimitSettings.Fixed(KNEE))
            : adaptive(scenario.tiers(), OptionalInt.empty());
    return run(scenario, settings, seed);
  }

  private Result run(Scenario scenario, EngineSettings settings, long seed) {
    return runs.computeIfAbsent(
        new Run(scenario, settings, seed), run -> Simulation.run(scenario, settings, seed));
  }

  private static EngineSettings adaptive(TierTable tiers, OptionalInt start) {
    return settings(
        tiers, new LimitSettings.Adaptive(start, MIN_SEATS, MAX_SEATS, Objective.defaults()));
  }

  private static EngineSettings settings(TierTable tiers, LimitSettings limit) {
    return EngineSettings.of(tiers).withLimit(limit).withWaits(WaitSettings.defaults(tiers));
  }
}
