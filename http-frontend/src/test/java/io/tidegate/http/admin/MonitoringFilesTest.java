package io.tidegate.http.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.http.TestGate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The dashboard for Grafana and the alert rules for Prometheus ask for what a gate has.
 *
 * <p>Shown red by a metric's name misspelt in either file.
 */
class MonitoringFilesTest {

  private static final Path DOCS = Path.of("..", "docs");
  private static final Pattern SERIES = Pattern.compile("tidegate_[a-z_]+(?=[\\[{ )]|$)");
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (tidegate_\\w+) (\\w+)$");

  /** There only where features are configured. */
  private static final String FEATURE_SEATS = "tidegate_feature_inflight_seats";

  @ParameterizedTest
  @ValueSource(strings = {"grafana/tidegate.json", "prometheus/alerts.yml"})
  void everyMetricThatIsAskedForIsThere(String file) throws IOException {
    Set<String> asked = new TreeSet<>();
    Matcher matcher = SERIES.matcher(Files.readString(DOCS.resolve(file)));
    while (matcher.find()) {
      asked.add(matcher.group());
    }
    asked.remove(FEATURE_SEATS);
    assertThat(asked).hasSizeGreaterThan(5);
    try (TestGate gate = TestGate.start()) {
      assertThat(series(gate.admin("/metrics").body())).containsAll(asked);
    }
  }

  @Test
  void theDashboardsPanelsDoNotOverlap() throws IOException {
    JsonNode dashboard =
        new ObjectMapper().readTree(DOCS.resolve("grafana/tidegate.json").toFile());
    Set<String> ids = new HashSet<>();
    Set<String> cells = new HashSet<>();
    for (JsonNode panel : dashboard.path("panels")) {
      assertThat(ids.add(panel.path("id").asText())).isTrue();
      assertThat(panel.path("targets")).isNotEmpty();
      JsonNode at = panel.path("gridPos");
      for (int x = at.path("x").asInt(); x < at.path("x").asInt() + at.path("w").asInt(); x++) {
        assertThat(cells.add(x + "/" + at.path("y").asInt())).isTrue();
      }
    }
    assertThat(ids).hasSizeGreaterThan(10);
  }

  @Test
  void promtoolTakesTheAlertRules() throws Exception {
    Process check = promtool();
    String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(check.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(check.exitValue()).as(said).isZero();
    assertThat(said).contains("SUCCESS", "rules found");
  }

  private static Process promtool() throws IOException {
    Path tool = Path.of("/usr/bin/promtool");
    assumeTrue(Files.isExecutable(tool), "there is no promtool here (Debian: prometheus)");
    return new ProcessBuilder(
            tool.toString(), "check", "rules", DOCS.resolve("prometheus/alerts.yml").toString())
        .redirectErrorStream(true)
        .start();
  }

  /** Names as queries have them: a histogram is asked for by its buckets. */
  private static Set<String> series(String metrics) {
    Set<String> series = new HashSet<>();
    Matcher matcher = TYPE.matcher(metrics);
    while (matcher.find()) {
      boolean histogram = matcher.group(2).equals("histogram");
      series.add(histogram ? matcher.group(1) + "_bucket" : matcher.group(1));
    }
    return series;
  }
}
