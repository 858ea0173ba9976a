package io.tidegate.loadtest.builtin;

import io.tidegate.loadtest.dsl.SetUp;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A built-in load test, and the service it is made for when there is no other.
 *
 * @param setUp what is run
 * @param capacitySeats how many streams the simulated backend carries
 * @param gateSeats how many a gate in front of it lets in, which is less than the backend carries
 *     at its worst
 * @param subscribers how many of each tier ask
 * @param capacityChanges what happens to the simulated backend meanwhile
 */
public record Rehearsal(
    SetUp setUp,
    int capacitySeats,
    int gateSeats,
    Map<String, Integer> subscribers,
    List<CapacityChange> capacityChanges) {

  public Rehearsal {
    subscribers = Map.copyOf(subscribers);
    capacityChanges = List.copyOf(capacityChanges);
  }

  /** From a moment on the simulated backend carries another number of streams. */
  public record CapacityChange(Duration at, int seats) {}
}
