package io.tidegate.engine.simulation.sales;

import io.tidegate.engine.signup.gate.order.SignupState;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Forty days as a picture: load over the limit, subscribers and wait-list, hour by hour, one curve
 * for each way to decide, as SVG that stands alone.
 */
public final class SalesPicture {
  private static final int WIDTH = 900;
  private static final int LEFT = 70;
  private static final int RIGHT = 20;
  private static final int PANEL = 190;
  private static final int TOP = 50;
  private static final int PLOT = 140;
  private static final List<String> COLOURS = List.of("#999999", "#d55e00", "#0072b2", "#009e73");

  private final StringBuilder svg = new StringBuilder();
  private final Map<String, SalesResult> runs;

  private SalesPicture(Map<String, SalesResult> runs) {
    this.runs = runs;
  }

  /**
   * The picture's text.
   *
   * @param runs by their names, at most four, in the order in which they are drawn
   * @throws IllegalArgumentException if there are more
   */
  public static String of(Map<String, SalesResult> runs) {
    if (runs.size() > COLOURS.size()) {
      throw new IllegalArgumentException("at most %d runs".formatted(COLOURS.size()));
    }
    return new SalesPicture(runs).draw();
  }

  private String draw() {
    line(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
            + " font-size=\"12\">",
        WIDTH, TOP + 3 * PANEL + 20);
    line("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
    int place = 0;
    for (String name : runs.keySet()) {
      line(
          "<rect x=\"%d\" y=\"12\" width=\"14\" height=\"4\" fill=\"%s\"/>"
              + "<text x=\"%d\" y=\"20\">%s</text>",
          LEFT + 200 * place, COLOURS.get(place), LEFT + 200 * place + 20, name);
      place++;
    }
    double load = most(SalesResult.Hour::load);
    panel(0, "load over the limit, busiest minute of each hour", load, SalesResult.Hour::load);
    double atLimit = y(0, 1, load);
    line(
        "<path d=\"M%d %.1f H%d\" stroke=\"#cc0000\" stroke-dasharray=\"6 4\"/>"
            + "<text x=\"%d\" y=\"%.1f\" fill=\"#cc0000\">limit</text>",
        LEFT, atLimit, WIDTH - RIGHT, WIDTH - RIGHT - 30, atLimit - 4);
    panel(1, "subscribers", most(SalesResult.Hour::subscribers), SalesResult.Hour::subscribers);
    panel(
        2,
        "on the wait-list (bar: not sold to everybody)",
        Math.max(1, most(SalesResult.Hour::waiting)),
        SalesResult.Hour::waiting);
    closed();
    line("</svg>");
    return svg.toString();
  }

  private void panel(int place, String title, double most, ToDoubleFunction<SalesResult.Hour> of) {
    line("<text x=\"%d\" y=\"%d\" font-weight=\"bold\">%s</text>", LEFT, top(place) - 8, title);
    line(
        "<path d=\"M%d %d V%d H%d\" fill=\"none\" stroke=\"#666\"/>",
        LEFT, top(place), top(place) + PLOT, WIDTH - RIGHT);
    line(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>"
            + "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">0</text>",
        LEFT - 6, top(place) + 10, number(most), LEFT - 6, top(place) + PLOT);
    for (int day = 0; day <= Story.DAYS; day += 5) {
      line(
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
          x(24 * day), top(place) + PLOT + 15, day == 0 ? "day 0" : Integer.toString(day));
    }
    int run = 0;
    for (SalesResult result : runs.values()) {
      StringBuilder points = new StringBuilder();
      for (int hour = 0; hour < result.hourly().size(); hour++) {
        double value = of.applyAsDouble(result.hourly().get(hour));
        points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(hour), y(place, value, most)));
      }
      line(
          "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.3\"/>",
          points.toString().strip(), COLOURS.get(run++));
    }
  }

  private void closed() {
    int run = 0;
    for (SalesResult result : runs.values()) {
      for (int hour = 0; hour < result.hourly().size(); hour++) {
        if (result.hourly().get(hour).state() != SignupState.OPEN) {
          line(
              "<rect x=\"%.1f\" y=\"%d\" width=\"1\" height=\"4\" fill=\"%s\"/>",
              x(hour), top(2) + 5 * run, COLOURS.get(run));
        }
      }
      run++;
    }
  }

  private double most(ToDoubleFunction<SalesResult.Hour> of) {
    return runs.values().stream()
        .flatMap(run -> run.hourly().stream())
        .mapToDouble(of)
        .max()
        .orElse(1);
  }

  private static String number(double value) {
    return value < 10
        ? String.format(Locale.ROOT, "%.2f", value)
        : String.format(Locale.ROOT, "%,.0f", value);
  }

  private static int top(int place) {
    return TOP + place * PANEL;
  }

  private static double x(int hour) {
    return LEFT + (double) (WIDTH - LEFT - RIGHT) * hour / (24 * Story.DAYS);
  }

  private static double y(int place, double value, double most) {
    return top(place) + PLOT * (1 - value / most);
  }

  private void line(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
