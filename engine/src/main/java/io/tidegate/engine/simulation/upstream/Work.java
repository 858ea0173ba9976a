package io.tidegate.engine.simulation.upstream;

/** One request as the upstream sees it, and how far it has come there. */
public abstract class Work {
  final int promptTokens;
  final int answerTokens;
  double prefillSeconds;
  double tokenProgress;
  int tokensLeft;

  /**
   * A request that has not begun.
   *
   * @param promptTokens length of its prompt
   * @param answerTokens length of its answer, at least 1
   */
  protected Work(int promptTokens, int answerTokens) {
    this.promptTokens = promptTokens;
    this.answerTokens = answerTokens;
    this.tokensLeft = answerTokens;
  }

  /** How long its prompt is. */
  public final int promptTokens() {
    return promptTokens;
  }

  /** How long its answer is. */
  public final int answerTokens() {
    return answerTokens;
  }
}
