package io.tidegate.loadtest.scenario;

import java.util.List;

/**
 * What the users of one kind do, from their arrival to their end.
 *
 * @param name under which they are told apart
 * @param steps in order
 */
public record Scenario(String name, List<Step> steps) {

  public Scenario {
    steps = List.copyOf(steps);
  }
}
