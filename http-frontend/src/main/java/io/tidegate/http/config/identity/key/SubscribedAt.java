package io.tidegate.http.config.identity.key;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Since when somebody has been a subscriber, as people and identity servers write it. */
public final class SubscribedAt {

  private SubscribedAt() {}

  /**
   * Reads {@code 2023-03-01T00:00:00Z}, or {@code 2023-03-01} for the beginning of that day in UTC.
   *
   * @throws java.time.DateTimeException if the text is anything else
   */
  public static Instant parse(String text) {
    return text.indexOf('T') < 0
        ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
        : OffsetDateTime.parse(text).toInstant();
  }
}
