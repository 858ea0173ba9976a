package io.tidegate.engine.simulation.upstream;

/** One request as the upstream sees it, and how far it has come there. */
public abstract class Work {
  final int promptTokens;
  final int answerTokens;
  final int seats;
  boolean begun;
  long order;
  double prefillSeconds;
  double tokenProgress;
  int tokensLeft;

  /**
   * A request that has not begun.
   *
   * @param promptTokens length of its prompt
   * @param answerTokens length of its answer, at least 1
   * @param seats how many ordinary requests it is as heavy as
   */
  protected Work(int promptTokens, int answerTokens, int seats) {
    this.promptTokens = promptTokens;
    this.answerTokens = answerTokens;
    this.seats = seats;
    this.tokensLeft = answerTokens;
  }

  /** How long its prompt is. */
  public final int promptTokens() {
    return promptTokens;
  }

  /** How many ordinary requests it is as heavy as. */
  public final int seats() {
    return seats;
  }

  /** The memory it takes now. */
  final int heldTokens() {
    return promptTokens + answerTokens - tokensLeft;
  }

  /** How long its answer is. */
  public final int answerTokens() {
    return answerTokens;
  }
}
