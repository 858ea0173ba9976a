package io.tidegate.engine.telemetry.stream;

import java.util.Objects;

/**
 * A time to the first token, and how often it was seen in one interval.
 *
 * @param prompt how long the prompts were
 * @param nanos from the request's dispatch to the first token, 0 or more, to two significant digits
 * @param count at least 1
 */
public record FirstToken(PromptBucket prompt, long nanos, long count) {
  public FirstToken {
    Objects.requireNonNull(prompt, "prompt");
    if (nanos < 0 || count < 1) {
      throw new IllegalArgumentException("no first token: %d ns, %d times".formatted(nanos, count));
    }
  }
}
