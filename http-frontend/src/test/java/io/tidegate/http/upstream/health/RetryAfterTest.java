package io.tidegate.http.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers say in Retry-After. */
class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  @Test
  void readsSecondsMillisecondsAndDates() {
    assertThat(RetryAfter.of(" 7", NOW)).contains(Duration.ofSeconds(7));
    assertThat(RetryAfter.of("Tue, 24 Nov 2026 12:00:30 GMT", NOW))
        .contains(Duration.ofSeconds(30));
    assertThat(RetryAfter.of("Tue, 24 Nov 2026 11:00:00 GMT", NOW)).contains(Duration.ZERO);
    assertThat(RetryAfter.ofMillis("1500")).contains(Duration.ofMillis(1500));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "soon", "99999999999", "Tue, 24 Nov 2026"})
  void saysNothingWhereNothingIsToBeUnderstood(String value) {
    assertThat(RetryAfter.of(value, NOW)).isEmpty();
    assertThat(RetryAfter.ofMillis(value)).isEmpty();
  }
}
