package io.tidegate.engine.telemetry;

/** Which tokens, and who says how many. */
public enum TokenKind {
  /** Of prompts, as upstreams told in their usage. */
  PROMPT_TOLD("prompt", "usage"),
  /** Of answers, as upstreams told in their usage. */
  ANSWER_TOLD("answer", "usage"),
  /** Of prompts, as the gate reckoned them where no usage was told. */
  PROMPT_RECKONED("prompt", "reckoned"),
  /** Of answers, as the gate counted events of their streams where no usage was told. */
  ANSWER_COUNTED("answer", "counted");

  private final String of;
  private final String source;

  TokenKind(String of, String source) {
    this.of = of;
    this.source = source;
  }

  /** Whether they are of the prompt or of the answer, as metrics show it. */
  public String of() {
    return of;
  }

  /** Who says how many, as metrics show it. */
  public String source() {
    return source;
  }
}
