package io.tidegate.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.loadtest.assertion.AssertionFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shown red by embedding the data as it is. */
class ReportTest {

  private static final String MARKUP = "</script><img src=x onerror=alert(1)>&\"'";
  private static final Pattern DATA =
      Pattern.compile(
          "<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

  @TempDir Path dir;

  @Test
  void needsNothingButItself() throws IOException {
    String page = Report.page(List.of(MadeRun.of(dir)));
    assertThat(page)
        .doesNotContain("<link", " src=", "@import", "url(", "fetch(", "XMLHttpRequest", "import(")
        .contains("default-src 'none'", "uPlot (v1.6.30)", "Copyright (c) 2022 Leon Sorokin");
  }

  @Test
  void keepsMarkupInNamesFromEndingTheData() throws IOException {
    String page =
        Report.page(List.of(MadeRun.of(dir, true, List.of("plus" + MARKUP, "free"), MARKUP)));
    assertThat(page).doesNotContain("<img", "<b>run");
    JsonNode run = data(page).path("runs").path(0);
    assertThat(run.path("tiers").path(0).asText()).isEqualTo("plus" + MARKUP);
    assertThat(run.path("manifest").path("name").asText()).isEqualTo("made-up <b>run</b>");
    assertThat(run.path("totals").path(0).path("shed").fieldNames().next()).isEqualTo(MARKUP);
  }

  @Test
  void isTheSameWhenItIsMadeAgainFromTheFilesOfTheRun() throws IOException {
    ReportedRun run = MadeRun.of(dir);
    AssertionFiles.write(dir, "made-up", run.results(), List.of());
    String first = Files.readString(Report.write(dir, List.of(run)));
    String again = Files.readString(Report.write(dir, List.of(ReportedRun.read(dir))));
    assertThat(data(again)).isEqualTo(data(first));
    assertThat(dir.resolve("report.html")).exists();
  }

  @Test
  void tellsOfOneRunOrOfTwo() throws IOException {
    ReportedRun run = MadeRun.of(dir);
    assertThat(data(Report.page(List.of(run, run))).path("runs")).hasSize(2);
    assertThatThrownBy(() -> Report.page(List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Report.page(List.of(run, run, run)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysOfARunThatWasNeverJudgedThatNothingWasAsserted() throws IOException {
    MadeRun.of(dir);
    ReportedRun read = ReportedRun.read(dir);
    assertThat(read.results()).isEmpty();
    assertThat(read.standing()).isEqualTo(ReportedRun.Standing.UNJUDGED);
  }

  private static JsonNode data(String page) throws IOException {
    Matcher found = DATA.matcher(page);
    assertThat(found.find()).isTrue();
    return new ObjectMapper().readTree(found.group(1));
  }
}
