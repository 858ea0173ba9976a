package io.tidegate.engine.simulation.goals;

import io.tidegate.engine.EngineSettings;
import io.tidegate.engine.queue.WaitSettings;
import io.tidegate.engine.simulation.EngineAdmissions;
import io.tidegate.engine.simulation.EngineAdmissions.Told;
import io.tidegate.engine.simulation.Simulation;
import io.tidegate.engine.simulation.result.Result;
import io.tidegate.engine.simulation.scenario.Capacity;
import io.tidegate.engine.simulation.scenario.Scenario;
import io.tidegate.engine.simulation.scenario.UpstreamKind;
import io.tidegate.engine.tier.TierTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/**
 * What each part of the engine is worth: the same floods with one part at a time taken away, by
 * settings or by not telling the engine what it needs for it. The limit is fixed at the knee.
 */
public final class Ablations {
  private static final double HEAVY = .05;

  /** The engine without one of its parts. */
  enum Engine {
    WHOLE("whole", Told.ALL),
    NO_QUEUE("without the queue", Told.ALL),
    NO_RESERVE("without the reserve", Told.ALL),
    NO_CONTINUING("without continuing classes", Told.NO_SESSIONS),
    NO_FAIRNESS("without fairness", Told.NO_SUBSCRIBERS);

    private final String label;
    private final Told told;

    Engine(String label, Told told) {
      this.label = label;
      this.told = told;
    }

    private EngineSettings settings(TierTable tiers) {
      return EngineSettings.of(tiers)
          .withLimit(Capacity.FULL_KNEE, 0)
          .withReserve(this == NO_RESERVE ? OptionalInt.of(0) : OptionalInt.empty())
          .withWaits(this == NO_QUEUE ? WaitSettings.none() : WaitSettings.defaults(tiers));
    }

    /** One run of it. */
    Result run(Scenario scenario, long seed) {
      EngineSettings settings = settings(scenario.tiers());
      return Simulation.run(
          scenario, seed, decided -> new EngineAdmissions(settings, told, decided));
    }
  }

  private Ablations() {}

  /** Everybody comes, the worst class most of all. */
  static Scenario flood(UpstreamKind kind) {
    return Scenario.flood(kind, 12);
  }

  /** Only the best tier comes, some of them ten times as often as others. */
  static Scenario inside(UpstreamKind kind) {
    return Scenario.alone(kind, "plus", 4).withHeavyShare(HEAVY);
  }

  /** A table, with the mean over so many seeds in each place. */
  public static List<String> rows(int seeds) {
    List<String> rows = new ArrayList<>();
    rows.add(
        String.format(
            Locale.ROOT,
            "%-28s %-3s  12x: %7s %9s %9s %9s %7s  best tier alone at 4x: %7s %9s %6s",
            "",
            "",
            "goodput",
            "best tier",
            "finished",
            "p99 first",
            "use",
            "goodput",
            "finished",
            "Jain"));
    for (UpstreamKind kind : UpstreamKind.values()) {
      for (Engine engine : Engine.values()) {
        rows.add(row(engine, kind, seeds));
      }
    }
    return rows;
  }

  private static String row(Engine engine, UpstreamKind kind, int seeds) {
    List<Result> flood = runs(engine, flood(kind), seeds);
    List<Result> inside = runs(engine, inside(kind), seeds);
    return String.format(
        Locale.ROOT,
        "%-28s %-3s       %7.3f %8.3f%% %8.2f%% %7.2f s %7.3f %22s %7.3f %8.2f%% %6.3f",
        engine.label,
        kind.label(),
        mean(flood, Result::goodput),
        100 * mean(flood, Result::bestServed),
        100 * mean(flood, Result::finished),
        mean(flood, Result::bestFirstTokenSeconds),
        mean(flood, Result::useWhileWaiting),
        "",
        mean(inside, Result::goodput),
        100 * mean(inside, Result::finished),
        mean(inside, Result::fairness));
  }

  private static List<Result> runs(Engine engine, Scenario scenario, int seeds) {
    return LongStream.rangeClosed(1, seeds)
        .parallel()
        .mapToObj(seed -> engine.run(scenario, seed))
        .toList();
  }

  private static double mean(List<Result> results, ToDoubleFunction<Result> figure) {
    return results.stream().mapToDouble(figure).average().orElseThrow();
  }
}
