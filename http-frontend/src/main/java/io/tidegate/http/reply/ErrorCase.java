package io.tidegate.http.reply;

import java.util.Optional;

/**
 * Every error a client can get from the gate itself: its status, its type and code in the shape of
 * OpenAI's errors, the reason in {@code x-tidegate-reason}, what is said to people, and whether a
 * client should try again by itself.
 */
public enum ErrorCase {
  UNKNOWN_CALLER(
      401,
      "invalid_request_error",
      "invalid_api_key",
      "unknown-caller",
      Retry.NO,
      "Incorrect or missing API key. Send a valid key as \"Authorization: Bearer KEY\"."),
  CALLER_UNDECIDED(
      503,
      "server_error",
      "identity_unavailable",
      "identity-unavailable",
      Retry.YES,
      "This server cannot tell at the moment whether your token is valid."),
  NO_ROOM(
      503,
      "service_unavailable_error",
      "server_is_overloaded",
      "no-room",
      Retry.IF_SOON,
      "The service is at capacity and cannot take this request now."),
  QUEUE_FULL(
      503,
      "service_unavailable_error",
      "server_is_overloaded",
      "queue-full",
      Retry.IF_SOON,
      "The service is at capacity and too many are waiting already."),
  QUEUE_TIMEOUT(
      503,
      "service_unavailable_error",
      "server_is_overloaded",
      "queue-timeout",
      Retry.YES,
      "The service is at capacity, and no room came free while this request waited."),
  CAME_EARLY(
      503,
      "service_unavailable_error",
      "server_is_overloaded",
      "came-early",
      Retry.NO,
      "The service is at capacity, and this request came back before the time it was given."),
  OVER_RATE(
      429,
      "rate_limit_error",
      "rate_limit_exceeded",
      "over-rate",
      Retry.UNSAID,
      "You have used up your requests or tokens per minute."),
  OVER_PARALLEL(
      429,
      "rate_limit_error",
      "rate_limit_exceeded",
      "over-parallel",
      Retry.UNSAID,
      "You have as many requests in progress as your plan allows at once."),
  OVER_SESSIONS(
      429,
      "rate_limit_error",
      "session_limit",
      "over-sessions",
      Retry.NO,
      "You have as many sessions open as your plan allows."),
  TIER_FULL(
      503,
      "service_unavailable_error",
      "server_is_overloaded",
      "tier-full",
      Retry.NO,
      "Your plan has no free session at the moment."),
  NOT_IN_PLAN(
      403,
      "invalid_request_error",
      "feature_not_available",
      "not-in-plan",
      Retry.NO,
      "This request uses a feature that your plan does not include."),
  FEATURE_FULL(
      503,
      "service_unavailable_error",
      "feature_overloaded",
      "feature-full",
      Retry.UNSAID,
      "The feature that this request uses is at capacity."),
  OVER_FEATURE(
      429,
      "rate_limit_error",
      "rate_limit_exceeded",
      "over-feature",
      Retry.UNSAID,
      "You have used up your quota of the feature that this request uses."),
  NO_MODEL(
      404,
      "invalid_request_error",
      "model_not_found",
      "no-model",
      Retry.NO,
      "The model of this request does not exist here."),
  NO_UPSTREAM(
      503,
      "server_error",
      "no_upstream",
      "no-upstream",
      Retry.YES,
      "No server is available to answer this request at the moment."),
  DRAINING(
      503,
      "service_unavailable_error",
      "draining",
      "draining",
      Retry.YES,
      "This server is shutting down and takes no new requests."),
  UPSTREAM_ERROR(
      502,
      "server_error",
      "upstream_error",
      "upstream",
      Retry.UNSAID,
      "The model server failed before it finished its answer."),
  UPSTREAM_TIMEOUT(
      504,
      "server_error",
      "upstream_timeout",
      "upstream",
      Retry.UNSAID,
      "The model server did not answer in time."),
  MALFORMED(
      400,
      "invalid_request_error",
      null,
      "bad-request",
      Retry.NO,
      "The request is not valid HTTP/1.1 as this server accepts it."),
  NO_WEBSOCKET(
      501,
      "invalid_request_error",
      null,
      "bad-request",
      Retry.NO,
      "This server speaks HTTP/1.1 and does not switch to WebSocket."),
  BODY_UNREADABLE(
      400,
      "invalid_request_error",
      null,
      "bad-request",
      Retry.NO,
      "The body of the request is not valid JSON."),
  BODY_TOO_LARGE(
      413,
      "invalid_request_error",
      null,
      "bad-request",
      Retry.NO,
      "The body of the request is larger than this server accepts."),
  BODY_TOO_SLOW(
      408,
      "invalid_request_error",
      null,
      "bad-request",
      Retry.NO,
      "The body of the request did not arrive in time."),
  HEAD_TOO_LARGE(
      431,
      "invalid_request_error",
      null,
      "bad-request",
      Retry.NO,
      "The headers of the request are larger than this server accepts."),
  NO_SUCH_SESSION(
      404,
      "invalid_request_error",
      "session_not_found",
      "bad-request",
      Retry.NO,
      "You have no open session of that name."),
  NOT_FOUND(
      404,
      "invalid_request_error",
      "unknown_url",
      "bad-request",
      Retry.NO,
      "There is nothing at this address. Requests to the model begin with /v1/."),
  GATE_FAILURE(
      500,
      "server_error",
      "internal_error",
      "internal",
      Retry.YES,
      "The request failed inside this server.");

  private enum Retry {
    YES,
    NO,
    /** Yes, if the wait is short. */
    IF_SOON,
    /** The client decides. */
    UNSAID
  }

  /** A wait that is worth a client's own retry is shorter than this. */
  private static final int SOON_SECONDS = 10;

  private final int status;
  private final String type;
  private final String code;
  private final String reason;
  private final Retry retry;
  private final String message;

  ErrorCase(int status, String type, String code, String reason, Retry retry, String message) {
    this.status = status;
    this.type = type;
    this.code = code;
    this.reason = reason;
    this.retry = retry;
    this.message = message;
  }

  public int status() {
    return status;
  }

  /** The JSON of this error in OpenAI's shape, on one line. */
  public String json() {
    return json(message);
  }

  /** The same, with an own sentence for people; the sentence must need no escaping. */
  String json(String sentence) {
    return json(sentence, "");
  }

  /** The same with further members of the error, as JSON that begins with a comma. */
  String json(String sentence, String more) {
    String codeOrNull = code == null ? "null" : "\"" + code + "\"";
    return "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"param\":null,\"code\":%s%s}}"
        .formatted(sentence.replace("\"", "\\\""), type, codeOrNull, more);
  }

  public String reason() {
    return reason;
  }

  String message() {
    return message;
  }

  /** Whether {@code Retry-After} tells when something really ends, and may be long. */
  boolean retryAfterIsTrue() {
    return switch (this) {
      case OVER_RATE, OVER_SESSIONS, OVER_FEATURE, NO_UPSTREAM -> true;
      default -> false;
    };
  }

  /** {@code Retry-After} where nobody has an estimate; 0 for none. */
  int usualRetryAfterSeconds() {
    return switch (this) {
      case DRAINING -> 1;
      case NO_UPSTREAM, CALLER_UNDECIDED -> 2;
      case QUEUE_FULL, NO_ROOM -> 1;
      default -> 0;
    };
  }

  /** The value of {@code x-should-retry}, if there is one to give. */
  Optional<String> shouldRetry(long retryAfterSeconds) {
    return switch (retry) {
      case YES -> Optional.of("true");
      case NO -> Optional.of("false");
      case IF_SOON -> Optional.of(retryAfterSeconds < SOON_SECONDS ? "true" : "false");
      case UNSAID -> Optional.empty();
    };
  }
}
