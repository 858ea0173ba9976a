package io.tidegate.http.upstream.health;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads for how long a server asks to be left alone: {@code Retry-After} in seconds or as a date
 * (RFC 9110, section 10.2.3), or {@code retry-after-ms} as some model servers have it.
 */
public final class RetryAfter {

  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  private RetryAfter() {}

  /** The value of {@code Retry-After}; empty if it says nothing to be understood. */
  public static Optional<Duration> of(String value, Instant now) {
    String text = value.strip();
    if (NUMBER.matcher(text).matches()) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant at = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
      return Optional.of(at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO);
    } catch (DateTimeException notADate) {
      return Optional.empty();
    }
  }

  /** The value of {@code retry-after-ms}; empty if it is no number. */
  public static Optional<Duration> ofMillis(String value) {
    String text = value.strip();
    return NUMBER.matcher(text).matches()
        ? Optional.of(Duration.ofMillis(Long.parseLong(text)))
        : Optional.empty();
  }
}
