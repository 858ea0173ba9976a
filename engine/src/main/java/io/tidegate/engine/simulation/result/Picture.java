package io.tidegate.engine.simulation.result;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A run as a picture: for each tier what was let in and what was refused, second by second, and the
 * limit, as SVG that stands alone.
 */
public final class Picture {
  private static final int WIDTH = 900;
  private static final int PANEL = 130;
  private static final int LEFT = 60;
  private static final int TOP = 30;
  private static final String ADMITTED = "#0072b2";
  private static final String REFUSED = "#d55e00";

  private final StringBuilder svg = new StringBuilder();

  private Picture() {}

  /** The picture's text. */
  public static String of(Result result) {
    Picture picture = new Picture();
    int panels = result.byTier().size() + 1;
    picture.line(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
            + " font-size=\"12\">",
        WIDTH, panels * PANEL + TOP);
    picture.line("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
    int panel = 0;
    for (Map.Entry<String, TierResult> tier : result.byTier().entrySet()) {
      picture.panel(
          panel++,
          tier.getKey() + ": requests/s let in (blue), refused (orange)",
          tier.getValue().admittedBySecond(),
          tier.getValue().refusedBySecond());
    }
    picture.panel(
        panel,
        "limit, seats",
        result.limitBySecond().stream().map(Integer::longValue).toList(),
        List.of());
    picture.line("</svg>");
    return picture.svg.toString();
  }

  private void panel(int place, String title, List<Long> blue, List<Long> orange) {
    int bottom = TOP + place * PANEL + PANEL - 40;
    long most = Math.max(1, Math.max(most(blue), most(orange)));
    line("<text x=\"%d\" y=\"%d\">%s</text>", LEFT, bottom - PANEL + 45, title);
    line(
        "<path d=\"M%d %d H%d\" stroke=\"#999\"/><text x=\"8\" y=\"%d\">%d</text>"
            + "<text x=\"8\" y=\"%d\">0</text><text x=\"%d\" y=\"%d\">%d s</text>",
        LEFT,
        bottom,
        WIDTH - 10,
        bottom - PANEL + 65,
        most,
        bottom,
        WIDTH - 50,
        bottom + 15,
        blue.size());
    curve(blue, most, bottom, ADMITTED);
    curve(orange, most, bottom, REFUSED);
  }

  private void curve(List<Long> values, long most, int bottom, String colour) {
    if (values.isEmpty()) {
      return;
    }
    StringBuilder points = new StringBuilder();
    for (int second = 0; second < values.size(); second++) {
      double x = LEFT + (double) (WIDTH - LEFT - 10) * second / values.size();
      double y = bottom - (double) (PANEL - 70) * values.get(second) / most;
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
    }
    line(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>",
        points.toString().strip(), colour);
  }

  private void line(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static long most(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).max().orElse(0);
  }
}
