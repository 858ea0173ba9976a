package io.tidegate.engine.simulation.goals;

import io.tidegate.engine.EngineSettings;
import io.tidegate.engine.control.LimitFile;
import io.tidegate.engine.limit.LimitSettings;
import io.tidegate.engine.limit.LimitState;
import io.tidegate.engine.limit.Objective;
import io.tidegate.engine.queue.WaitSettings;
import io.tidegate.engine.simulation.Simulation;
import io.tidegate.engine.simulation.result.Result;
import io.tidegate.engine.simulation.scenario.Capacity;
import io.tidegate.engine.simulation.scenario.Scenario;
import io.tidegate.engine.simulation.scenario.Trait;
import io.tidegate.engine.simulation.scenario.UpstreamKind;
import io.tidegate.engine.telemetry.stream.PromptBucket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** Where the engine is known to do less well; figures without bounds. */
public final class WeakSpots {
  private static final int MIN_SEATS = 8;
  private static final int MAX_SEATS = 4_000;
  private static final double SMALL = .125;
  private static final double HEAVY = .05;
  private static final double[] WRONG_BASES_SECONDS = {0, 1.3};
  private static final LimitSettings ADAPTIVE =
      new LimitSettings.Adaptive(OptionalInt.empty(), MIN_SEATS, MAX_SEATS, Objective.defaults());

  private WeakSpots() {}

  /** A table, with the mean over so many seeds in each place. */
  public static List<String> rows(int seeds) {
    List<String> rows = new ArrayList<>();
    rows.add(
        String.format(
            Locale.ROOT,
            "%-40s %-12s %8s %10s %12s %9s %8s %8s %8s %9s %9s",
            "",
            "",
            "goodput",
            "best tier",
            "its sessions",
            "finished",
            "Jain",
            "tokens",
            "use",
            "new, cont",
            "p99 first"));
    for (UpstreamKind kind : UpstreamKind.values()) {
      scenarios(kind)
          .forEach(
              (name, scenario) -> {
                int knee = (int) (Capacity.FULL_KNEE * scenario.capacity().scale());
                LimitSettings fixed = new LimitSettings.Fixed(knee);
                rows.add(
                    row(name, kind.label() + " fixed", scenario, settings(scenario, fixed), seeds));
                rows.add(
                    row(
                        name,
                        kind.label() + " adaptive",
                        scenario,
                        settings(scenario, ADAPTIVE),
                        seeds));
              });
      for (double seconds : WRONG_BASES_SECONDS) {
        rows.add(wrongBases(kind, seconds, seeds));
      }
    }
    return rows;
  }

  private static Map<String, Scenario> scenarios(UpstreamKind kind) {
    Map<String, Scenario> scenarios = new LinkedHashMap<>();
    scenarios.put(
        "conversations of 20 turns, inside 4x",
        Scenario.alone(kind, "plus", 4).withHeavyShare(HEAVY).withMeanTurns(20));
    scenarios.put(
        "a fifth with long answers, inside 4x",
        Scenario.alone(kind, "plus", 4).withTrait(Trait.WORDY));
    scenarios.put("an eighth of the size, flood 4x", Scenario.flood(kind, 4).withScale(SMALL));
    scenarios.put(
        "the same, half of it lost before",
        Scenario.flood(kind, 4).withScale(SMALL).lasting(480, 180).withResize(120, .5));
    scenarios.put(
        "half the capacity lost, flood 4x",
        Scenario.flood(kind, 4).lasting(540, 180).withResize(180, .5));
    scenarios.put("a tenth of answers fail, flood 4x", Scenario.flood(kind, 4).withFailing(.1));
    scenarios.put(
        "4x from the first second", Scenario.flood(kind, 4).surgingFromTheStart().lasting(420, 0));
    scenarios.put("flood 12x", Scenario.flood(kind, 12));
    scenarios.put(
        "capacity doubled, flood 4x", Scenario.flood(kind, 4).lasting(540, 180).withResize(180, 2));
    scenarios.put(
        "a prefix cache, flood 4x", Scenario.flood(kind, 4).withTrait(Trait.PREFIX_CACHE));
    if (kind == UpstreamKind.MEMORY_BOUND) {
      scenarios.put("pre-emption, flood 4x", Scenario.flood(kind, 4).withTrait(Trait.PREEMPTION));
    }
    scenarios.put(
        "four uneven upstreams, flood 4x", Scenario.flood(kind, 4).withTrait(Trait.UNEVEN));
    scenarios.put(
        "a tenth cost four seats, flood 4x", Scenario.flood(kind, 4).withTrait(Trait.COSTLY));
    return scenarios;
  }

  /** Begins in a flood with bases that an earlier run left behind, and that are wrong. */
  static String wrongBases(UpstreamKind kind, double seconds, int seeds) {
    Scenario scenario = Scenario.flood(kind, 4).surgingFromTheStart().lasting(420, 0);
    Map<PromptBucket, Double> bases = new EnumMap<>(PromptBucket.class);
    for (PromptBucket prompt : PromptBucket.values()) {
      bases.put(prompt, seconds);
    }
    try {
      Path file = Files.createTempFile("tidegate-bases", ".properties");
      try {
        // So old that the limit in it counts for nothing, and the bases still do.
        long hoursAgo = -TimeUnit.HOURS.toMillis(2);
        new LimitFile(file).write(new LimitState(MIN_SEATS, hoursAgo, bases));
        EngineSettings settings = settings(scenario, ADAPTIVE).withLimitFile(file);
        String name = "learned bases of %.1f s, 4x at once".formatted(seconds);
        return row(name, kind.label() + " adaptive", scenario, settings, seeds);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EngineSettings settings(Scenario scenario, LimitSettings limit) {
    return EngineSettings.of(scenario.tiers())
        .withLimit(limit)
        .withWaits(WaitSettings.defaults(scenario.tiers()));
  }

  private static String row(
      String name, String of, Scenario scenario, EngineSettings settings, int seeds) {
    List<Result> results =
        LongStream.rangeClosed(1, seeds)
            .parallel()
            .mapToObj(seed -> Simulation.run(scenario, settings, seed))
            .toList();
    return String.format(
        Locale.ROOT,
        "%-40s %-12s %8.3f %9.2f%% %11.2f%% %8.2f%% %8.3f %8.3f %8.3f %8.2f%% %7.2f s",
        name,
        of,
        Yardsticks.mean(results, Result::goodput),
        100 * Yardsticks.mean(results, Result::bestServed),
        100 * Yardsticks.mean(results, result -> result.served("plus-continuing")),
        100 * Yardsticks.mean(results, Result::finished),
        Yardsticks.mean(results, Result::fairness),
        Yardsticks.mean(results, Result::tokenFairness),
        Yardsticks.mean(results, Result::useWhileWaiting),
        100 * Yardsticks.mean(results, result -> result.served("new-continuing")),
        Yardsticks.mean(results, Result::bestFirstTokenSeconds));
  }
}
