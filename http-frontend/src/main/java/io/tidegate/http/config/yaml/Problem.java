package io.tidegate.http.config.yaml;

import java.util.Comparator;
import java.util.OptionalInt;

/**
 * One mistake in a file, and where it is.
 *
 * @param file as the user named it
 * @param line counted from 1; 0 when the file as a whole is meant
 * @param column counted from 1, where the file is not even YAML
 * @param path the field, for instance {@code upstreams[0].url}; empty for the whole document
 * @param message a sentence without the place, and without secrets
 */
public record Problem(String file, int line, OptionalInt column, String path, String message) {

  /** In the order of the file. */
  public static final Comparator<Problem> BY_LINE = Comparator.comparingInt(Problem::line);

  /** {@code tidegate.yaml:12: limit.seats: 0 is out of range, allowed 1 to 1000000}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(file);
    if (line > 0) {
      text.append(':').append(line);
    }
    column.ifPresent(at -> text.append(':').append(at));
    if (!path.isEmpty()) {
      text.append(": ").append(path);
    }
    return text.append(": ").append(message).toString();
  }
}
