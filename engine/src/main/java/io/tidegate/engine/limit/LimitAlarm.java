package io.tidegate.engine.limit;

/** What an operator should look at, because the limit alone cannot put it right. */
public enum LimitAlarm {
  /**
   * Even a lone stream is slower than the objective asks, so the limit works towards the speed that
   * the model can keep.
   */
  OBJECTIVE_UNATTAINABLE("objective-unattainable"),
  /**
   * The limit has fallen under a quarter of what it lately was, only because first tokens are late:
   * either the upstream has lost most of its capacity, or what is taken for an ordinary first token
   * is wrong.
   */
  LOW_ON_FIRST_TOKENS("limit-low-on-first-tokens"),
  /** Requests are admitted, and none of them is streamed, so there is nothing to judge by. */
  NOTHING_STREAMED("nothing-streamed");

  private final String label;

  LimitAlarm(String label) {
    this.label = label;
  }

  /** The alarm as the status page and the dashboard show it. */
  public String label() {
    return label;
  }
}
