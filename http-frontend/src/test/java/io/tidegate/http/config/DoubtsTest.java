package io.tidegate.http.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.http.config.admission.Doubts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoubtsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          seats: 9                        | features.f.seats: 9 are more than the 8 there are, so that nobody is ever let in
          seats: 7                        | features.f.seats: 7 fit for the best tier alone, the others have no more than 6
          seats: 4, max_share: .4         | features.f.max_share: 0.4 of the 8 seats there are is less than one request takes
          """)
  void areToldAboutFeaturesThatNeverFit(String feature, String doubt) throws Exception {
    assertThat(about("limit: {seats: 8, reserve: 2}", feature)).containsExactly(doubt);
  }

  @Test
  void areNoneAboutWhatFits() throws Exception {
    assertThat(about("limit: {seats: 8, reserve: 2}", "seats: 6")).isEmpty();
    assertThat(about("limit: {seats: 8, reserve: 2}\ntiers: {a: {}}", "seats: 8")).isEmpty();
    assertThat(about("limit: {mode: adaptive, seats: 8}", "seats: 9")).isEmpty();
    assertThat(about("", "seats: 9")).isEmpty();
  }

  private static List<String> about(String limit, String feature) throws Exception {
    GateConfig config = Yaml.load(limit + "\nfeatures: {f: {match: {model: m}, " + feature + "}}");
    return Doubts.about(config.limit(), config.tiers(), config.features());
  }
}
