package io.tidegate.engine.telemetry;

import io.tidegate.engine.tier.ServiceClass;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Everything the engine shows of itself, at one moment.
 *
 * @param tiers in the order of the tier table
 * @param inflightSeats seats held now, as the gate decides by them
 * @param limitSeats the ceiling of inflight seats; empty if nothing is enforced
 * @param reserveSeats the seats of the limit that only the best tier may take
 * @param latchedByClass best class first: whether it is kept out because a better one was just
 *     refused for want of room
 * @param featureSeats seats that requests of each feature hold or wait for, by its name
 * @param decision how long the engine took to decide
 * @param streamsCut admitted streams that the gate ended, with an entry for every cause
 */
public record EngineSnapshot(
    List<TierSnapshot> tiers,
    long inflightSeats,
    OptionalInt limitSeats,
    int reserveSeats,
    Map<ServiceClass, Boolean> latchedByClass,
    Map<String, Long> featureSeats,
    HistogramSnapshot decision,
    Map<CutCause, Long> streamsCut) {

  public EngineSnapshot {
    tiers = List.copyOf(tiers);
  }
}
