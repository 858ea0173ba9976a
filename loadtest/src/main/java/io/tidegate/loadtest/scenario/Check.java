package io.tidegate.loadtest.scenario;

import io.tidegate.loadtest.client.answer.ChatAnswer;

/**
 * Something that must hold of an answer, or the request has failed.
 *
 * @param name what it is about, in a word; a failure's reason is {@code check-} and this
 * @param condition what must hold
 */
public record Check(String name, Condition condition) {

  /** What must hold. */
  @FunctionalInterface
  public interface Condition {
    boolean holds(ChatAnswer answer);
  }
}
