package io.tidegate.loadtest.dsl;

import io.tidegate.loadtest.client.answer.AnswerHead;
import io.tidegate.loadtest.client.answer.ChatAnswer;
import io.tidegate.loadtest.record.result.Outcome;
import io.tidegate.loadtest.scenario.ChatProtocol;
import io.tidegate.loadtest.scenario.Check;
import java.time.Duration;
import java.util.OptionalLong;

/** The words of load tests of chat services, to be imported statically. */
public final class ChatDsl {

  private ChatDsl() {}

  /** Where requests go. */
  public static ChatProtocol chat() {
    return ChatProtocol.defaults();
  }

  /** A request under a name. */
  public static ChatCallBuilder chat(String name) {
    return ChatCallBuilder.named(name);
  }

  /** The time from the intended moment to the first token, of what was answered. */
  public static TimeCheck ttft() {
    return bound ->
        new Check(
            "ttft",
            answer -> within(answer.firstTokenNanos(), answer.intendedNanos() + bound.toNanos()));
  }

  /** The stream came whole, with at least one token, and was not left before its end. */
  public static Check streamIntact() {
    return new Check(
        "stream",
        answer ->
            answer.ending().outcome() != Outcome.OK
                || (answer.tokens() > 0 && answer.finishReason().isPresent()));
  }

  /** Why a streamed answer ended. */
  public static TextCheck finishReason() {
    return wanted ->
        new Check(
            "finish-reason",
            answer ->
                answer.ending().outcome() != Outcome.OK
                    || answer.finishReason().map(wanted::equals).orElse(false));
  }

  /** When a refused caller was told to come back: a refusal without it fails. */
  public static TimeCheck retryAfter() {
    return bound ->
        new Check(
            "retry-after",
            answer ->
                answer.ending().outcome() != Outcome.SHED
                    || within(retryAfterMillis(answer), bound.toMillis()));
  }

  private static OptionalLong retryAfterMillis(ChatAnswer answer) {
    return answer.head().map(AnswerHead::retryAfterMillis).orElse(OptionalLong.empty());
  }

  private static boolean within(OptionalLong value, long bound) {
    return value.isPresent() && value.getAsLong() <= bound;
  }

  /** A check of a time that still needs a bound. */
  @FunctionalInterface
  public interface TimeCheck {
    Check lte(Duration bound);
  }

  /** A check of a word that still needs to know which. */
  @FunctionalInterface
  public interface TextCheck {
    Check is(String wanted);
  }
}
