package io.tidegate.http.live;

import io.tidegate.loadtest.page.Charts;
import io.tidegate.loadtest.page.Page;
import io.tidegate.loadtest.page.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The page that shows a running gate: one document with all its styles and scripts inside.
 *
 * @param html the document
 * @param policy its content security policy, for the header
 */
public record Dashboard(String html, String policy) {
  private static final String FOLDER = "/io/tidegate/http/dashboard/";

  /** Declarations only, but for the last, which draws. */
  private static final List<String> SCRIPTS =
      List.of(
          "live-data.js",
          "reasons.js",
          "sales.js",
          "tiles.js",
          "glance.js",
          "loops.js",
          "places.js",
          "save.js",
          "actions.js",
          "demo.js",
          "feed.js",
          "dashboard.js");

  /**
   * Puts it together.
   *
   * @throws UncheckedIOException if the program is incomplete
   */
  public static Dashboard assemble() {
    try {
      Page page = Page.connected("Tidegate");
      Charts.addTo(page);
      page.style(read("dashboard.css"));
      page.data("{}");
      page.script(Charts.joined(SCRIPTS.stream().map(Dashboard::read)));
      return new Dashboard(page.html(), page.policy());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(String name) {
    return Resources.read(Dashboard.class, FOLDER + name);
  }
}
