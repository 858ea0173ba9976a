package io.tidegate.engine.telemetry.stream;

import java.util.List;

/**
 * What streamed answers have shown between two looks at them.
 *
 * @param nanos how long the interval was, 0 or more
 * @param firstTokens those that came in it
 * @param streamNanos the time that answers spent between their first token and their end, summed
 *     over all answers, as far as it lies within the interval
 * @param laterTokens tokens that came in the interval, without each answer's first one; so {@code
 *     streamNanos / laterTokens} is the mean time of an output token. A model that may take longer
 *     for each of them counts for as many as an ordinary one makes in that time
 * @param answering streams at the interval's end that have had their first token
 * @param awaiting streams at the interval's end that are dispatched and wait for it
 * @param oldestAwaitingNanos how long the first of those has been waiting; 0 if none is
 */
public record StreamInterval(
    long nanos,
    List<FirstToken> firstTokens,
    long streamNanos,
    long laterTokens,
    long answering,
    long awaiting,
    long oldestAwaitingNanos) {

  public StreamInterval {
    firstTokens = List.copyOf(firstTokens);
  }
}
