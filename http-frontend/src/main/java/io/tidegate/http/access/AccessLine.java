package io.tidegate.http.access;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.http.config.identity.key.Sha256;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the access log tells of one request. Names of subscribers and sessions are written as the
 * beginnings of their digests; no word of a request's or an answer's content is known here.
 *
 * @param endEpochMillis when it ended
 * @param requestId its name in everybody's logs
 * @param subscriber who asked; empty: nobody known
 * @param retries how often its client says it has asked the same before
 * @param tier of the class it was decided in
 * @param serviceClass that class
 * @param session the name of its session; empty: it names none
 * @param decision {@code admitted}, {@code refused}, or {@code left} before it was decided
 * @param reason why it was refused
 * @param queuedNanos how long it waited in the queue
 * @param firstTokenNanos from asking to the first token
 * @param durationNanos from asking to the end
 * @param promptTokens as the upstream tells
 * @param completionTokens as the upstream tells, else counted in the stream
 * @param upstream where it was last
 * @param outcome how it ended, if it was admitted
 */
public record AccessLine(
    long endEpochMillis,
    String requestId,
    Optional<String> subscriber,
    OptionalLong retries,
    Optional<String> tier,
    Optional<String> serviceClass,
    Optional<String> session,
    String decision,
    Optional<String> reason,
    long queuedNanos,
    OptionalLong firstTokenNanos,
    long durationNanos,
    OptionalLong promptTokens,
    OptionalLong completionTokens,
    Optional<String> upstream,
    Optional<String> outcome) {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int DIGITS = 16;
  private static final double NANOS_PER_MILLI = 1e6;

  public AccessLine {
    Objects.requireNonNull(requestId, "requestId");
    Objects.requireNonNull(decision, "decision");
  }

  /** As one line, its end included. */
  String json() {
    ObjectNode line = JSON.objectNode();
    line.put("time", Instant.ofEpochMilli(endEpochMillis).toString());
    line.put("request_id", requestId);
    subscriber.ifPresent(name -> line.put("subscriber_sha256", digest(name)));
    retries.ifPresent(count -> line.put("retry_count", count));
    tier.ifPresent(name -> line.put("tier", name));
    serviceClass.ifPresent(name -> line.put("class", name));
    session.ifPresent(name -> line.put("session_sha256", digest(name)));
    line.put("decision", decision);
    reason.ifPresent(why -> line.put("reason", why));
    line.put("queue_ms", millis(queuedNanos));
    firstTokenNanos.ifPresent(nanos -> line.put("first_token_ms", millis(nanos)));
    line.put("duration_ms", millis(durationNanos));
    promptTokens.ifPresent(count -> line.put("prompt_tokens", count));
    completionTokens.ifPresent(count -> line.put("completion_tokens", count));
    upstream.ifPresent(name -> line.put("upstream", name));
    outcome.ifPresent(how -> line.put("outcome", how));
    return line + "\n";
  }

  /** To the microsecond. */
  private static double millis(long nanos) {
    return Math.round(nanos / NANOS_PER_MILLI * 1e3) / 1e3;
  }

  private static String digest(String name) {
    return Sha256.of(name).hex().substring(0, DIGITS);
  }
}
