package io.tidegate.engine.simulation.goals;

import io.tidegate.engine.EngineSettings;
import io.tidegate.engine.queue.WaitSettings;
import io.tidegate.engine.simulation.Simulation;
import io.tidegate.engine.simulation.StaticLimit;
import io.tidegate.engine.simulation.StrictQueue;
import io.tidegate.engine.simulation.result.Result;
import io.tidegate.engine.simulation.scenario.Capacity;
import io.tidegate.engine.simulation.scenario.Scenario;
import io.tidegate.engine.simulation.scenario.UpstreamKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/** The same floods before the engine and before what somebody might have instead. */
public final class Yardsticks {
  private static final double[] LOADS = {2, 4, 10};
  private static final int LIMIT = Capacity.FULL_KNEE;

  private Yardsticks() {}

  /** A table, with the mean over so many seeds in each place; all of them are told the knee. */
  public static List<String> rows(int seeds) {
    List<String> rows = new ArrayList<>();
    rows.add(
        String.format(
            Locale.ROOT,
            "%-28s %-3s %5s  %8s %10s %12s %10s %11s",
            "",
            "",
            "load",
            "goodput",
            "best tier",
            "finished",
            "p99 first",
            "inversions"));
    for (UpstreamKind kind : UpstreamKind.values()) {
      for (double load : LOADS) {
        Scenario flood = Scenario.flood(kind, load);
        EngineSettings settings =
            EngineSettings.of(flood.tiers())
                .withLimit(LIMIT, 0)
                .withReserve(OptionalInt.empty())
                .withWaits(WaitSettings.defaults(flood.tiers()));
        rows.add(
            row(
                "engine, fixed limit",
                flood,
                load,
                seeds,
                seed -> Simulation.run(flood, settings, seed)));
        rows.add(
            row(
                "strict queue of 5 s",
                flood,
                load,
                seeds,
                seed ->
                    Simulation.run(
                        flood, seed, decided -> new StrictQueue(flood.tiers(), LIMIT, decided))));
        rows.add(
            row(
                "limit that refuses",
                flood,
                load,
                seeds,
                seed ->
                    Simulation.run(
                        flood, seed, decided -> new StaticLimit(flood.tiers(), LIMIT, decided))));
      }
    }
    return rows;
  }

  private static String row(
      String name, Scenario scenario, double load, int seeds, LongFunction<Result> run) {
    List<Result> results = LongStream.rangeClosed(1, seeds).parallel().mapToObj(run).toList();
    return String.format(
        Locale.ROOT,
        "%-28s %-3s %4.0fx  %8.3f %9.2f%% %11.2f%% %8.2f s %11.0f",
        name,
        scenario.kind().label(),
        load,
        mean(results, Result::goodput),
        100 * mean(results, Result::bestServed),
        100 * mean(results, Result::finished),
        mean(results, Result::bestFirstTokenSeconds),
        mean(results, result -> result.inversions()));
  }

  static double mean(List<Result> results, ToDoubleFunction<Result> figure) {
    return results.stream().mapToDouble(figure).average().orElseThrow();
  }
}
