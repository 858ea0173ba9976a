package io.tidegate.http.config.admission.limit;

import io.tidegate.engine.admission.Leeway;
import io.tidegate.engine.limit.Objective;
import java.time.Duration;
import java.util.Objects;

/**
 * What answers of some models are to keep to, in the place of the objective for all.
 *
 * @param glob the models' names, where an asterisk stands for anything
 * @param objective what they are to keep to
 */
public record ModelObjective(String glob, Objective objective) {
  public ModelObjective {
    Objects.requireNonNull(glob, "glob");
    Objects.requireNonNull(objective, "objective");
  }

  /** How much longer they may take than the others. */
  public Leeway over(Objective usual) {
    return new Leeway(
        ratio(objective.firstToken(), usual.firstToken()),
        ratio(objective.timePerOutputToken(), usual.timePerOutputToken()));
  }

  private static double ratio(Duration of, Duration usual) {
    return (double) of.toNanos() / usual.toNanos();
  }
}
