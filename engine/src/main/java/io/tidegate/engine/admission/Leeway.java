package io.tidegate.engine.admission;

/**
 * How much longer an answer may take than the objective says, because its model is slower. What it
 * shows of the upstream is judged by that.
 *
 * @param firstToken the time to its first token that is in order, over the objective's, above 0
 * @param perToken the time of each further token that is in order, over the objective's, above 0
 */
public record Leeway(double firstToken, double perToken) {
  /** An ordinary model. */
  public static final Leeway NONE = new Leeway(1, 1);

  public Leeway {
    if (!(firstToken > 0 && perToken > 0)) {
      throw new IllegalArgumentException(
          "an answer takes some time, not %s and %s times the objective"
              .formatted(firstToken, perToken));
    }
  }

  /** How long a first token would have taken an ordinary model. */
  public long ordinaryNanos(long firstTokenNanos) {
    return (long) (firstTokenNanos / firstToken);
  }

  /** How many tokens an ordinary model would have made in the time that these may take. */
  public long ordinaryTokens(long tokens) {
    return tokens == 0 ? 0 : 1 + (long) ((tokens - 1) * perToken);
  }
}
