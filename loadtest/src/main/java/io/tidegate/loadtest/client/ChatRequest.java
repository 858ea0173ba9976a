package io.tidegate.loadtest.client;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One request, ready to be sent.
 *
 * @param path and query, beginning with a slash
 * @param headers beside those that every request has
 * @param body of JSON
 * @param stream whether the answer is asked for in events
 * @param cancelAfterTokens leave on purpose after so many tokens
 * @param cancelAfterNanos leave on purpose so long after it was sent
 * @param patienceNanos give up when no token came so long after the intended time
 */
public record ChatRequest(
    String path,
    List<Map.Entry<String, String>> headers,
    String body,
    boolean stream,
    OptionalInt cancelAfterTokens,
    OptionalLong cancelAfterNanos,
    OptionalLong patienceNanos) {

  /** A streamed request that is read to its end. */
  public static ChatRequest streamed(String path, String body) {
    return new ChatRequest(
        path,
        List.of(),
        body,
        true,
        OptionalInt.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }
}
