package io.tidegate.loadtest.run;

import io.tidegate.loadtest.record.result.RunData.Mark;
import io.tidegate.loadtest.scenario.ChatProtocol;
import io.tidegate.loadtest.scenario.Population;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is to be run.
 *
 * @param name of the simulation
 * @param description in a sentence or two
 * @param populations who arrives, side by side
 * @param protocol where requests go
 * @param marks what changes when, beside the steps of arrivals, for the report
 * @param maxDuration when arrivals end at the latest, and open requests are given up
 * @param bounds how much the generator may get in its own way
 */
public record RunPlan(
    String name,
    String description,
    List<Population> populations,
    ChatProtocol protocol,
    List<Mark> marks,
    Optional<Duration> maxDuration,
    HealthBounds bounds) {

  public RunPlan {
    populations = List.copyOf(populations);
    marks = List.copyOf(marks);
    if (populations.isEmpty()) {
      throw new IllegalArgumentException("a simulation needs at least one population");
    }
  }
}
