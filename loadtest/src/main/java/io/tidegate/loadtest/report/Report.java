package io.tidegate.loadtest.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.loadtest.page.Charts;
import io.tidegate.loadtest.page.Page;
import io.tidegate.loadtest.page.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code report.html}: one run, or two side by side, in a file that needs nothing but itself.
 *
 * <p>What was measured is in it as JSON; scripts draw it. Names of tiers, reasons and all else that
 * came from outside is only ever data, and becomes text: no script or style but the page's own is
 * let run by its content security policy.
 */
public final class Report {

  /** Its name in the directory of a run. */
  public static final String FILE = "report.html";

  /** Declarations only, but for the last, which draws. */
  private static final List<String> SCRIPTS =
      List.of("summary.js", "levels.js", "tables.js", "page.js");

  private Report() {}

  /**
   * Writes it.
   *
   * @param directory that exists
   * @param runs one, or two to be compared
   * @return the file
   * @throws IOException if it cannot be written
   */
  public static Path write(Path directory, List<ReportedRun> runs) throws IOException {
    return Files.writeString(directory.resolve(FILE), page(runs));
  }

  /** The whole page. */
  static String page(List<ReportedRun> runs) throws IOException {
    if (runs.isEmpty() || runs.size() > 2) {
      throw new IllegalArgumentException("a report tells of one run or of two");
    }
    Page page = Page.alone("Load test");
    Charts.addTo(page);
    page.style(Resources.read(Report.class, "report.css"));
    page.data(json(runs));
    page.script(Charts.joined(SCRIPTS.stream().map(name -> Resources.read(Report.class, name))));
    return page.html();
  }

  private static String json(List<ReportedRun> runs) throws JsonProcessingException {
    return new ObjectMapper().writeValueAsString(PageData.of(runs));
  }
}
