package io.tidegate.engine.simulation.scenario;

import io.tidegate.engine.simulation.scenario.Scenario.Manners;
import java.util.Objects;

/**
 * How people use the service.
 *
 * @param meanTurns turns of a conversation in the mean, at least 1
 * @param burstiness the coefficient of variation of the time between conversations, 1 for Poisson
 * @param manners what clients do when they are refused
 * @param heavyShare the part of subscribers who ask ten times as much as the others
 */
public record Habits(double meanTurns, double burstiness, Manners manners, double heavyShare) {
  /** Patient people in conversations of four turns, all alike. */
  static final Habits USUAL = new Habits(4, 1, Manners.PATIENT, 0);

  public Habits {
    Objects.requireNonNull(manners, "manners");
    if (meanTurns < 1 || burstiness <= 0 || heavyShare < 0 || heavyShare > 1) {
      throw new IllegalArgumentException(
          "habits need a turn and some spread: %s turns, burstiness %s, heavy share %s"
              .formatted(meanTurns, burstiness, heavyShare));
    }
  }
}
