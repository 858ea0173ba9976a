package io.tidegate.engine.telemetry;

import io.tidegate.engine.admission.Outcome;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How long requests of one tier took.
 *
 * @param firstToken from asking to the first token of the answer, a wait in the queue included
 * @param queueWait in the queue, of those who waited there, whatever became of them
 * @param perOutputToken the mean time of each token after the first, of each streamed answer that
 *     had some
 * @param whole from asking to the end, of those who were admitted, with an entry for every outcome
 */
public record TierTimes(
    HistogramSnapshot firstToken,
    HistogramSnapshot queueWait,
    HistogramSnapshot perOutputToken,
    Map<Outcome, HistogramSnapshot> whole) {

  public TierTimes {
    Map<Outcome, HistogramSnapshot> ordered = new EnumMap<>(Outcome.class);
    ordered.putAll(whole);
    whole = Collections.unmodifiableMap(ordered);
  }
}
