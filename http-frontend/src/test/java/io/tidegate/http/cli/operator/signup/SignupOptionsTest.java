package io.tidegate.http.cli.operator.signup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** The forms in which a time may be given. */
class SignupOptionsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  @Test
  void takesMomentsLocalTimesAndTimesFromNow() {
    assertThat(time("2026-11-24T18:00:00Z")).isEqualTo("2026-11-24T18:00:00Z");
    assertThat(time("2026-11-24T18:00:00+08:00")).isEqualTo("2026-11-24T10:00:00Z");
    assertThat(time("2026-11-24T18:00")).isEqualTo("2026-11-24T10:00:00Z");
    assertThat(time("90s")).isEqualTo("2026-11-24T12:01:30Z");
    assertThat(time("30m")).isEqualTo("2026-11-24T12:30:00Z");
    assertThat(time("2h")).isEqualTo("2026-11-24T14:00:00Z");
    assertThat(time("7d")).isEqualTo("2026-12-01T12:00:00Z");
  }

  @Test
  void refusesOthers() {
    for (String text : new String[] {"", "tomorrow", "2h30m", "18:00", "-2h", "2w"}) {
      assertThatThrownBy(() -> time(text)).as(text).isInstanceOf(DateTimeException.class);
    }
  }

  private static String time(String text) {
    return SignupOptions.time(text, NOW, ZoneId.of("Asia/Shanghai")).toString();
  }
}
