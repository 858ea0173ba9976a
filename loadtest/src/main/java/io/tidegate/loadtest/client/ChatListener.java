package io.tidegate.loadtest.client;

import io.tidegate.loadtest.client.answer.AnswerHead;
import io.tidegate.loadtest.client.answer.ChatAnswer;
import java.util.OptionalLong;

/** Hears of one request. All calls are on the client's thread, the last one is {@link #ended}. */
public interface ChatListener {

  /** The head of the answer came. */
  default void head(AnswerHead head, long sentNanos, long nowNanos) {}

  /**
   * A token came.
   *
   * @param gapNanos since the one before; empty for the first
   */
  default void token(OptionalLong gapNanos, long nowNanos) {}

  /** It is over, however it went. */
  void ended(ChatAnswer answer);
}
