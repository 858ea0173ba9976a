package io.tidegate.loadtest.backend.http.asked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidegate.loadtest.backend.http.asked.Fault.BreakOff;
import io.tidegate.loadtest.backend.http.asked.Fault.Instead;
import io.tidegate.loadtest.backend.http.asked.Fault.Manner;
import io.tidegate.loadtest.backend.http.asked.Fault.Status;
import io.tidegate.loadtest.backend.http.reply.ApiException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultScriptTest {

  @Test
  void isEmptyWithoutTheHeader() throws ApiException {
    assertThat(FaultScript.parse(List.of())).isEqualTo(FaultScript.NONE);
  }

  @Test
  void readsTheShapeOfAnAnswer() throws ApiException {
    FaultScript script =
        FaultScript.parse(
            List.of("first-token-ms=5, token-ms=0", " output-tokens = 40,token-bytes=1024"));
    assertThat(script.firstTokenNanos()).isEqualTo(OptionalLong.of(5_000_000));
    assertThat(script.tokenNanos()).isEqualTo(OptionalLong.of(0));
    assertThat(script.outputTokens()).isEqualTo(OptionalInt.of(40));
    assertThat(script.tokenBytes()).isEqualTo(1024);
    assertThat(script.fault()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "reset-after=3, RESET",
    "close-after=3, CLOSE",
    "stall-after=3, STALL",
    "half-chunk-after=3, HALF_CHUNK_STALL",
    "half-chunk-close-after=3, HALF_CHUNK_CLOSE"
  })
  void readsHowAnAnswerBreaksOff(String directive, Manner manner) throws ApiException {
    assertThat(FaultScript.parse(List.of(directive)).fault()).contains(new BreakOff(manner, 3));
  }

  @ParameterizedTest
  @EnumSource(Instead.class)
  void readsWhatComesInPlaceOfAnAnswer(Instead instead) throws ApiException {
    String directive = instead.name().toLowerCase(Locale.ROOT);
    assertThat(FaultScript.parse(List.of(directive)).fault()).contains(instead);
  }

  @Test
  void readsAStatusWithItsRetryAfter() throws ApiException {
    assertThat(FaultScript.parse(List.of("retry-after=7,status=429")).fault())
        .contains(new Status(429, OptionalInt.of(7)));
    assertThat(FaultScript.parse(List.of("status=500")).fault())
        .contains(new Status(500, OptionalInt.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "unknown",
        "token-ms",
        "token-ms=fast",
        "token-ms=-1",
        "token-ms=1,token-ms=2",
        "token-bytes=1048577",
        "status=200",
        "retry-after=7",
        "hang=1",
        "hang,reset",
        "hang,reset-after=1",
        "reset-after=1,close-after=1",
        "status=500,stall-after=1"
      })
  void rejectsWhatItDoesNotUnderstand(String script) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> FaultScript.parse(List.of(script)))
        .withMessageStartingWith("Header x-backend-script: ");
  }
}
