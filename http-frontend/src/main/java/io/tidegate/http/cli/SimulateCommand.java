package io.tidegate.http.cli;

import io.tidegate.engine.EngineSettings;
import io.tidegate.engine.simulation.ChatLengths;
import io.tidegate.engine.simulation.Picture;
import io.tidegate.engine.simulation.Result;
import io.tidegate.engine.simulation.Scenario;
import io.tidegate.engine.simulation.Simulation;
import io.tidegate.engine.simulation.UpstreamKind;
import io.tidegate.http.EngineSetup;
import io.tidegate.http.config.ConfigException;
import io.tidegate.http.config.ConfigLoader;
import io.tidegate.http.config.GateConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Answers what would happen with this configuration in a surge, in virtual time. */
@Command(
    name = "simulate",
    description = {
      "Tell what the engine would do with a configuration when demand surges, in virtual time.",
      "The upstream is a model: see docs/simulation.md for what it leaves out."
    },
    subcommands = {SimulateGoalsCommand.class, SimulateSignupsCommand.class})
final class SimulateCommand implements Callable<Integer> {

  private static final int SECONDS = 300;
  private static final int CALM_SECONDS = 60;
  private static final double MOST_SURGE = 100;
  private static final double SUM_TOLERANCE = .01;

  @Spec private CommandSpec spec;

  @Option(names = "--config", paramLabel = "FILE", description = "The configuration file.")
  private Path file;

  @Option(
      names = "--surge",
      paramLabel = "FACTOR",
      defaultValue = "4x",
      description = "All demand in the surge, over capacity (default: ${DEFAULT-VALUE}).")
  private String surge;

  @Option(
      names = "--tiers",
      paramLabel = "TIER=SHARE",
      split = ",",
      description = "Each tier's share of demand; they add up to 1. Without it all are alike.")
  private Map<String, Double> shares = new LinkedHashMap<>();

  @Option(
      names = "--capacity-seats",
      paramLabel = "N",
      defaultValue = "48",
      description = "Streams the upstream carries (default: ${DEFAULT-VALUE}).")
  private int capacitySeats;

  @Option(
      names = "--upstream",
      paramLabel = "KIND",
      defaultValue = "TIME_BOUND",
      description = "What it runs out of: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private UpstreamKind kind;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "Take lengths from here: headings, then lines of time,prompt,answer (tokens).")
  private Path trace;

  @Option(
      names = "--resize",
      paramLabel = "SECOND=FACTOR",
      split = ",",
      description = {
        "Change the upstream's size then, relative to the full one: 120=.5 loses half of it,",
        "120=0,150=1 lets it stand still for half a minute."
      })
  private Map<Integer, Double> sizes = new LinkedHashMap<>();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed gives the same run.")
  private long seed;

  @Option(names = "--picture", paramLabel = "FILE", description = "Write the run as an SVG there.")
  private Path picture;

  @Override
  public Integer call() throws ConfigException, IOException {
    if (file == null) {
      throw new ParameterException(spec.commandLine(), "--config is missing");
    }
    GateConfig config = ConfigLoader.load(file);
    EngineSettings settings = EngineSetup.withoutFiles(config);
    Scenario scenario = scenario(settings);
    Result result = Simulation.run(scenario, settings, lengths(), seed);
    print(result, scenario);
    if (picture != null) {
      Files.writeString(picture, Picture.of(result));
      spec.commandLine().getOut().println("The picture is in " + picture);
    }
    spec.commandLine().getOut().flush();
    return 0;
  }

  private ChatLengths lengths() {
    if (trace == null) {
      return ChatLengths.conversation();
    }
    try {
      return ChatLengths.ofTrace(trace);
    } catch (IOException e) {
      throw wrong("--trace", "cannot read " + trace);
    } catch (IllegalArgumentException e) {
      throw wrong("--trace", e.getMessage());
    }
  }

  private Scenario scenario(EngineSettings settings) {
    if (capacitySeats < 1 || capacitySeats > Scenario.MOST_SEATS) {
      throw wrong("--capacity-seats", "1 to " + Scenario.MOST_SEATS + ", not " + capacitySeats);
    }
    Map<String, Double> byTier = shares(settings);
    double factor = factor();
    Map<String, Double> calm = new LinkedHashMap<>();
    Map<String, Double> surging = new LinkedHashMap<>();
    byTier.forEach(
        (tier, share) -> {
          calm.put(tier, share / 2);
          surging.put(tier, share * factor);
        });
    Scenario scenario =
        Scenario.of(settings.tiers(), kind, capacitySeats, calm, surging)
            .lasting(SECONDS, CALM_SECONDS);
    for (Map.Entry<Integer, Double> size : sizes.entrySet()) {
      scenario = resized(scenario, size.getKey(), size.getValue());
    }
    return scenario;
  }

  private Scenario resized(Scenario scenario, int second, double factor) {
    if (second < 0 || second >= SECONDS) {
      throw wrong("--resize", "a run has the seconds 0 to " + (SECONDS - 1) + ", not " + second);
    }
    try {
      return scenario.withResize(second, factor);
    } catch (IllegalArgumentException e) {
      throw wrong("--resize", e.getMessage());
    }
  }

  private Map<String, Double> shares(EngineSettings settings) {
    Set<String> known = new LinkedHashSet<>();
    settings.tiers().tiers().forEach(tier -> known.add(tier.name()));
    Map<String, Double> given = new LinkedHashMap<>(shares);
    if (given.isEmpty()) {
      known.forEach(tier -> given.put(tier, 1.0 / known.size()));
    }
    double sum = 0;
    for (Map.Entry<String, Double> share : given.entrySet()) {
      if (!known.contains(share.getKey())) {
        throw wrong("--tiers", share.getKey() + " is not a tier of " + known);
      }
      if (!(share.getValue() >= 0)) {
        throw wrong("--tiers", "a share is 0 or more, not " + share.getValue());
      }
      sum += share.getValue();
    }
    if (Math.abs(sum - 1) > SUM_TOLERANCE) {
      throw wrong("--tiers", "the shares add up to 1, not " + sum);
    }
    return given;
  }

  private double factor() {
    try {
      double factor =
          Double.parseDouble(surge.endsWith("x") ? surge.substring(0, surge.length() - 1) : surge);
      if (factor > 0 && factor <= MOST_SURGE) {
        return factor;
      }
    } catch (NumberFormatException e) {
      // told below, as any other value that is none
    }
    throw wrong("--surge", "a factor such as 4x, above 0 and at most 100x, not " + surge);
  }

  private ParameterException wrong(String option, String what) {
    return new ParameterException(spec.commandLine(), option + ": " + what);
  }

  private void print(Result result, Scenario scenario) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%d s calm at half of capacity, then %s; upstream %s, %d seats%n%n",
        CALM_SECONDS,
        surge,
        scenario.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        capacitySeats);
    out.printf(
        "%-20s %10s %10s %9s %16s%n", "tier", "asked", "let in", "served", "p99 first token");
    result
        .byTier()
        .forEach(
            (tier, of) ->
                out.printf(
                    "%-20s %10d %10d %8.2f%% %14.2f s%n",
                    tier, of.offered(), of.admitted(), 100 * of.served(), of.firstTokenSeconds()));
    out.printf(
        "%nanswers in time, over what the upstream can make: %.1f%%%n", 100 * result.goodput());
    out.printf("begun conversations that were finished: %.1f%%%n", 100 * result.finished());
    out.printf("let in while a better class was short of room: %d%n", result.inversions());
  }
}
