package io.tidegate.loadtest.scenario;

import io.tidegate.loadtest.arrival.Arrivals;
import io.tidegate.loadtest.arrival.closed.ClosedProfile;
import java.util.ArrayList;
import java.util.List;

/**
 * Users of one kind and how they arrive.
 *
 * @param scenario what they do
 * @param injection how they arrive
 * @param next who arrives when all of these have ended
 */
public record Population(Scenario scenario, Injection injection, List<Population> next) {

  public Population {
    next = List.copyOf(next);
  }

  /** Others, who begin to arrive when the last of these has ended. */
  public Population andThen(Population... others) {
    List<Population> all = new ArrayList<>(next);
    all.addAll(List.of(others));
    return new Population(scenario, injection, all);
  }

  /** How users arrive. */
  public sealed interface Injection {

    /** They come when they come. */
    record Open(Arrivals arrivals) implements Injection {}

    /** A number of them is kept up. */
    record Closed(ClosedProfile profile) implements Injection {}
  }
}
