package io.tidegate.loadtest.backend.capacity;

/**
 * Takes the tokens of one generation. Called by the batch, in the order {@code begin}, any number
 * of {@code token}, {@code finish}, with {@code flush} after each turn that did not finish.
 *
 * <p>No method may throw, nor call back into the batch other than by {@link Generation#resume}.
 */
public interface TokenReader {

  /** Prefill is done. */
  void begin();

  /**
   * Whether the next token can be taken now. After a no, the generation rests, its memory still
   * reserved, until {@link Generation#resume}.
   */
  boolean ready();

  /** Token number {@code number}; the first is 1. */
  void token(int number);

  /** The turn is over: what was taken should leave. */
  void flush();

  /**
   * All planned tokens are made.
   *
   * @return whether the answer is complete. If not, it keeps its place in the batch until {@link
   *     Generation#leave}
   */
  boolean finish();
}
