package io.tidegate.http.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

  private static final List<String> KNOWN = List.of("host", "port", "max_connections", "drain");

  @ParameterizedTest
  @CsvSource({
    "prot, port",
    "hots, host",
    "pot, port",
    "pport, port",
    "pord, port",
    "darin, drain",
    "max_conections, max_connections",
    "max_cnonectiosn, max_connections"
  })
  void findsWhatWasMeant(String written, String meant) {
    assertThat(Spelling.nearest(written, KNOWN)).contains(meant);
  }

  @Test
  void guessesNothingFarFetched() {
    assertThat(Spelling.nearest("tropical", KNOWN)).isEmpty();
    assertThat(Spelling.nearest("optr", KNOWN)).isEmpty();
    assertThat(Spelling.nearest("x", KNOWN)).isEmpty();
    assertThat(Spelling.nearest("anything", List.of())).isEmpty();
  }
}
