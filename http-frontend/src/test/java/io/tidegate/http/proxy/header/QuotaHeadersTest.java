package io.tidegate.http.proxy.header;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.admission.Allowance;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaHeadersTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0ms",
    "20, 20ms",
    "1000, 1s",
    "1001, 2s",
    "59001, 1m0s",
    "360000, 6m0s",
    "3600000, 1h0m0s",
    "7325000, 2h2m5s"
  })
  void writeTimesAsOpenAiDoes(long millis, String text) {
    assertThat(QuotaHeaders.reset(millis)).isEqualTo(text);
  }

  @Test
  void sayLimitRestAndReset() {
    List<HttpHeader> headers = new ArrayList<>();
    QuotaHeaders.add(headers, "requests", new Allowance(20, 7, 39_000));
    assertThat(headers.stream().map(header -> header.name() + ": " + header.value()))
        .containsExactly(
            "x-ratelimit-limit-requests: 20",
            "x-ratelimit-remaining-requests: 7",
            "x-ratelimit-reset-requests: 39s");
  }
}
