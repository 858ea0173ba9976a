package io.tidegate.loadtest.client.answer;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.tidegate.loadtest.record.result.Ending;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What matters of the head of an answer.
 *
 * @param status of HTTP
 * @param eventStream whether events follow
 * @param reason why a gate refused, where it says so
 * @param serviceClass the class a gate sorted the request into, where it says so
 * @param retryAfterMillis when to come back, from now, where it says so
 * @param retryForbidden whether it says that trying again is of no use
 * @param queuedMillis how long a gate let it wait, where it says so; else 0
 */
public record AnswerHead(
    int status,
    boolean eventStream,
    Optional<String> reason,
    Optional<String> serviceClass,
    OptionalLong retryAfterMillis,
    boolean retryForbidden,
    long queuedMillis) {

  private static final Set<Integer> REFUSALS = Set.of(429, 503, 529);
  private static final int FORBIDDEN = 403;

  /** Reasons that say there was no room, and nothing else. */
  private static final Set<String> WANT_OF_ROOM = Set.of("no-room", "queue-full", "queue-timeout");

  public static AnswerHead of(HttpResponse response) {
    HttpHeaders headers = response.headers();
    String type = headers.get("content-type", "");
    return new AnswerHead(
        response.status().code(),
        type.startsWith("text/event-stream"),
        Optional.ofNullable(headers.get("x-tidegate-reason")),
        Optional.ofNullable(headers.get("x-tidegate-class")),
        retryAfter(headers),
        "false".equals(headers.get("x-should-retry")),
        number(headers.get("x-tidegate-queue-ms"), 1).orElse(0));
  }

  public boolean isGood() {
    return status >= 200 && status < 300;
  }

  /** Whether the request was let in, as far as its head tells. */
  public boolean admitted() {
    return isGood();
  }

  /** Whether it was refused because there was no room, rather than for the caller's own doing. */
  public boolean refusedForWantOfRoom() {
    return reason.map(WANT_OF_ROOM::contains).orElse(status == 503);
  }

  /** How an answer that is not good has ended: refused in words, or failed. */
  public Ending badEnding() {
    String why = reason.orElse("status-" + status);
    boolean refusal = REFUSALS.contains(status) || (status == FORBIDDEN && reason.isPresent());
    return refusal ? Ending.shed(why) : Ending.ko(why);
  }

  private static OptionalLong retryAfter(HttpHeaders headers) {
    OptionalLong millis = number(headers.get("retry-after-ms"), 1);
    return millis.isPresent() ? millis : secondsOrDate(headers.get("retry-after"));
  }

  private static OptionalLong secondsOrDate(String text) {
    OptionalLong seconds = number(text, TimeUnit.SECONDS.toMillis(1));
    if (text == null || seconds.isPresent()) {
      return seconds;
    }
    try {
      Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return OptionalLong.of(Math.max(0, then.toEpochMilli() - System.currentTimeMillis()));
    } catch (DateTimeParseException neitherSecondsNorADate) {
      return OptionalLong.empty();
    }
  }

  private static OptionalLong number(String text, long unit) {
    try {
      double number = text == null ? -1 : Double.parseDouble(text.strip());
      return number >= 0 && number < 1e9
          ? OptionalLong.of(Math.round(number * unit))
          : OptionalLong.empty();
    } catch (NumberFormatException notANumber) {
      return OptionalLong.empty();
    }
  }
}
