package io.tidegate.loadtest.backend.capacity;

import java.util.OptionalLong;

/**
 * The work that one request asks of the batch.
 *
 * @param promptTokens tokens to prefill, at least 0
 * @param outputTokens tokens to make, 0 to {@value AnswerLengths#MAX_TOKENS}
 * @param firstTokenNanos in place of the model's prefill time, 0 to an hour
 * @param tokenNanos in place of the model's time between tokens, 0 to an hour
 */
public record Plan(
    int promptTokens, int outputTokens, OptionalLong firstTokenNanos, OptionalLong tokenNanos) {

  public Plan {
    Bounds.check("promptTokens", promptTokens, 0, Integer.MAX_VALUE);
    Bounds.check("outputTokens", outputTokens, 0, AnswerLengths.MAX_TOKENS);
    firstTokenNanos.ifPresent(
        nanos -> Bounds.check("firstTokenNanos", nanos, 0, CapacityModel.MAX_NANOS));
    tokenNanos.ifPresent(nanos -> Bounds.check("tokenNanos", nanos, 0, CapacityModel.MAX_NANOS));
  }

  /** Work at the model's own pace. */
  public static Plan of(int promptTokens, int outputTokens) {
    return new Plan(promptTokens, outputTokens, OptionalLong.empty(), OptionalLong.empty());
  }

  long reservedTokens() {
    return (long) promptTokens + outputTokens;
  }
}
