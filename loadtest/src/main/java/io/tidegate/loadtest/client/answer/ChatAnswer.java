package io.tidegate.loadtest.client.answer;

import io.tidegate.loadtest.record.result.Ending;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What became of one request. Times are of the monotonic clock, in nanoseconds.
 *
 * @param intendedNanos when it was meant to be sent
 * @param firedNanos when the client was told to send it
 * @param readyNanos when a connection was in hand, or the making of one begun
 * @param connectNanos how long that took, where one was made
 * @param sentNanos when it was written; the time it failed, if it never was
 * @param headersNanos when the head of the answer came
 * @param firstTokenNanos when the first token with content came; of an answer in one piece, the
 *     first byte of its body
 * @param endNanos when it ended
 * @param tokens how many came
 * @param finishReason why the answer ended, where it said so
 * @param head of the answer, where one came
 * @param ending how it ended
 * @param cancelled whether the client left on purpose, as the request asked
 */
public record ChatAnswer(
    long intendedNanos,
    long firedNanos,
    long readyNanos,
    OptionalLong connectNanos,
    long sentNanos,
    OptionalLong headersNanos,
    OptionalLong firstTokenNanos,
    long endNanos,
    long tokens,
    Optional<String> finishReason,
    Optional<AnswerHead> head,
    Ending ending,
    boolean cancelled) {}
