package io.tidegate.loadtest.dsl;

import io.tidegate.loadtest.arrival.Arrivals;
import io.tidegate.loadtest.arrival.closed.ClosedProfile;
import io.tidegate.loadtest.arrival.closed.ClosedStep;
import io.tidegate.loadtest.arrival.closed.ClosedSteps.Levels;
import io.tidegate.loadtest.arrival.trace.Replay;
import io.tidegate.loadtest.scenario.Population;
import io.tidegate.loadtest.scenario.Population.Injection;
import io.tidegate.loadtest.scenario.Scenario;
import io.tidegate.loadtest.scenario.Step;
import java.util.Arrays;
import java.util.List;

/** A scenario in the making. */
public final class ScenarioBuilder extends ChainBuilder<ScenarioBuilder> {

  private final String name;
  private final List<Step> steps;

  ScenarioBuilder(String name, List<Step> steps) {
    this.name = name;
    this.steps = steps;
  }

  /**
   * Lets users come when they come, through one step after the other.
   *
   * @throws IllegalArgumentException if a replay stands among other steps: its rows would be taken
   *     for theirs
   */
  public Population injectOpen(Arrivals... arrivals) {
    if (arrivals.length == 0) {
      throw new IllegalArgumentException("scenario `" + name + "`: nobody arrives");
    }
    if (arrivals.length > 1 && Arrays.stream(arrivals).anyMatch(Replay.class::isInstance)) {
      throw new IllegalArgumentException("a replay cannot be mixed with other steps");
    }
    return population(
        new Injection.Open(
            arrivals.length == 1 ? arrivals[0] : Arrivals.inOrder(List.of(arrivals))));
  }

  /** Keeps a number of users up, through one step after the other. */
  @SafeVarargs
  @SuppressWarnings("varargs") // The array is only read.
  public final Population injectClosed(List<ClosedStep>... profile) {
    return population(
        new Injection.Closed(
            new ClosedProfile(Arrays.stream(profile).flatMap(List::stream).toList())));
  }

  /** Keeps a number of users up that climbs in levels. */
  public Population injectClosed(Levels levels) {
    return injectClosed(levels.steps());
  }

  private Population population(Injection injection) {
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("scenario `" + name + "` does nothing");
    }
    return new Population(new Scenario(name, steps), injection, List.of());
  }

  @Override
  List<Step> steps() {
    return steps;
  }

  @Override
  ScenarioBuilder with(List<Step> newSteps) {
    return new ScenarioBuilder(name, newSteps);
  }
}
