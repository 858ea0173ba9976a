package io.tidegate.loadtest.page;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The charts that pages share. Those over time draw what is in the global variable {@code report},
 * which a page's own script has to define: {@code runs}, as a report's data has them.
 */
public final class Charts {

  /** Declarations only. */
  private static final List<String> SCRIPTS =
      List.of(
          "words.js",
          "pieces.js",
          "theme.js",
          "latencies.js",
          "chart.js",
          "heat-map.js",
          "spectrum.js",
          "time/stretches.js",
          "time/frame.js",
          "time/arrivals.js",
          "time/times.js",
          "time/all-times.js",
          "time/picked-time.js",
          "time/refusals.js");

  private static final String FOLDER = "/io/tidegate/charts/";

  private Charts() {}

  /**
   * Puts styles and scripts of the charts on a page. What the page's own scripts need of them must
   * come after.
   *
   * @throws IOException if the program is incomplete
   */
  public static void addTo(Page page) throws IOException {
    page.style(WebJar.UPLOT.read("dist/uPlot.min.css"));
    page.style(Resources.read(FOLDER + "charts.css"));
    page.script(
        "/*\n"
            + WebJar.UPLOT.read("LICENSE")
            + "\n*/\n"
            + WebJar.UPLOT.read("dist/uPlot.iife.min.js"));
    page.script(joined(SCRIPTS.stream().map(FOLDER::concat).map(Resources::read)));
  }

  /** Scripts as one, in strict mode. */
  public static String joined(Stream<String> scripts) {
    return Stream.concat(Stream.of("'use strict';\n"), scripts).collect(Collectors.joining("\n"));
  }
}
