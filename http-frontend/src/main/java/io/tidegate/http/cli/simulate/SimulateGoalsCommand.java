package io.tidegate.http.cli.simulate;

import io.tidegate.engine.simulation.goals.Ablations;
import io.tidegate.engine.simulation.goals.Goal;
import io.tidegate.engine.simulation.goals.Goals;
import io.tidegate.engine.simulation.goals.WeakSpots;
import io.tidegate.engine.simulation.goals.Yardsticks;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures in virtual time what the engine is to reach. */
@Command(
    name = "goals",
    description = {
      "Measure in virtual time what the engine is to reach, one row a goal: figure, spread, bound.",
      "Ends with 1 if a goal is missed."
    })
final class SimulateGoalsCommand implements Callable<Integer> {

  private static final int MOST_SEEDS = 100;

  @Spec private CommandSpec spec;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many seeds each figure is the mean of (default: ${DEFAULT-VALUE}).")
  private int seeds;

  @Option(
      names = "--yardsticks",
      description = "Also put the engine beside a strict queue and a limit that refuses.")
  private boolean yardsticks;

  @Option(names = "--weak-spots", description = "Also measure where the engine does less well.")
  private boolean weakSpots;

  @Option(
      names = "--ablations",
      description = "Also take one part of the engine away at a time, to see what it is worth.")
  private boolean ablations;

  @Override
  public Integer call() {
    if (seeds < 1 || seeds > MOST_SEEDS) {
      throw new ParameterException(
          spec.commandLine(), "--seeds: 1 to %d, not %d".formatted(MOST_SEEDS, seeds));
    }
    PrintWriter out = spec.commandLine().getOut();
    List<Goal> goals = new Goals(seeds).all();
    goals.forEach(goal -> out.println(goal.row()));
    if (yardsticks) {
      out.println();
      Yardsticks.rows(seeds).forEach(out::println);
    }
    if (weakSpots) {
      out.println();
      WeakSpots.rows(seeds).forEach(out::println);
    }
    if (ablations) {
      out.println();
      Ablations.rows(seeds).forEach(out::println);
    }
    long missed = goals.stream().filter(goal -> !goal.met()).count();
    out.printf("%d goals, %d missed%n", goals.size(), missed);
    out.flush();
    return missed == 0 ? 0 : 1;
  }
}
