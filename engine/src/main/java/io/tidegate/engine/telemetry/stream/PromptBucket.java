package io.tidegate.engine.telemetry.stream;

/**
 * How long a prompt is, roughly: first tokens are compared only with those of prompts of a like
 * length, because reading the prompt is most of the wait for one.
 */
public enum PromptBucket {
  UP_TO_512(512),
  UP_TO_2K(2_048),
  UP_TO_8K(8_192),
  UP_TO_32K(32_768),
  LONGER(Long.MAX_VALUE);

  private static final PromptBucket[] ALL = values();

  private final long mostTokens;

  PromptBucket(long mostTokens) {
    this.mostTokens = mostTokens;
  }

  /** The bucket of a prompt of that many tokens. */
  public static PromptBucket of(long promptTokens) {
    for (PromptBucket each : ALL) {
      if (promptTokens <= each.mostTokens) {
        return each;
      }
    }
    return LONGER;
  }
}
