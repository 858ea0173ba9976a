package io.tidegate.loadtest.arrival.open;

import io.tidegate.loadtest.arrival.open.RateCurve.Point;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A rate over time from a file: two columns, a time and a rate, straight lines between the rows.
 *
 * <p>The header says the units. {@code second,users_per_second} is the plain form; {@code
 * hour_index,requests_approx} counts requests an hour, as published hourly curves do.
 */
public final class Envelope {

  private static final Map<String, Unit> UNITS =
      Map.of(
          "second,users_per_second", new Unit(1, 1),
          "hour_index,requests_approx", new Unit(3600, 3600));

  private Envelope() {}

  /**
   * Reads a curve.
   *
   * @param timeScale how much faster than the file, more than 0
   * @param rateScale how many times the file's rate, more than 0
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException naming line and field that cannot be understood
   */
  public static RateArrivals read(Path file, double timeScale, double rateScale)
      throws IOException {
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    Unit unit = lines.isEmpty() ? null : UNITS.get(lines.get(0).strip());
    if (unit == null) {
      throw mistake(file, 1, "header", "one of " + UNITS.keySet());
    }
    List<Point> points = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        points.add(point(file, i + 1, lines.get(i), unit, timeScale, rateScale));
      }
    }
    if (points.size() < 2 || points.get(0).nanos() != 0) {
      throw mistake(file, 2, "time", "rows from time 0 on, two or more");
    }
    return new RateArrivals(new RateCurve(points), List.of());
  }

  private static Point point(
      Path file, int line, String text, Unit unit, double timeScale, double rateScale) {
    String[] cells = text.strip().split(",", -1);
    if (cells.length != 2) {
      throw mistake(file, line, "row", "a time and a rate");
    }
    double seconds = number(file, line, "time", cells[0]) * unit.seconds / timeScale;
    double rate = number(file, line, "rate", cells[1]) / unit.perRate * rateScale;
    return new Point(Math.round(seconds * TimeUnit.SECONDS.toNanos(1)), rate);
  }

  private static double number(Path file, int line, String field, String text) {
    try {
      double number = Double.parseDouble(text);
      if (number >= 0 && number < 1e12) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Told below, with its place.
    }
    throw mistake(file, line, field, "a number, 0 or more, not `" + text + "`");
  }

  private static IllegalArgumentException mistake(
      Path file, int line, String field, String allowed) {
    return new IllegalArgumentException(
        "%s:%d: %s: must be %s".formatted(file, line, field, allowed));
  }

  /** Seconds in a step of the time column, and what a rate is divided by to be one per second. */
  private record Unit(double seconds, double perRate) {}
}
