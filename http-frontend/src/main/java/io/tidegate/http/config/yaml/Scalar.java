package io.tidegate.http.config.yaml;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * One value of a file: its text with the environment's values put in, and what it can be read as.
 *
 * @param quoted text beyond doubt, unless it refers to the environment
 */
record Scalar(Document document, String path, int line, String text, boolean quoted) {

  private static final Set<String> NOTHING = Set.of("", "~", "null");
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,18}");
  private static final Pattern DECIMAL = Pattern.compile("\\d{0,9}\\.?\\d{1,17}");

  /** Empty if a reference could not be replaced, which is then reported. */
  static Optional<Scalar> of(Document document, String path, ScalarNode node) {
    String written = node.getValue();
    int line = Document.line(node);
    boolean quoted = node.getScalarStyle() != ScalarStyle.PLAIN && !References.refers(written);
    return document
        .references()
        .resolve(written, message -> document.report(line, path, message))
        .map(text -> new Scalar(document, path, line, text, quoted));
  }

  /** Written as nothing at all: no value, {@code null}, or a reference to an empty variable. */
  boolean nothing() {
    return !quoted && NOTHING.contains(text);
  }

  /** The same of a value that has not been read yet. */
  static boolean isNothing(Node node) {
    return node instanceof ScalarNode scalar
        && scalar.getScalarStyle() == ScalarStyle.PLAIN
        && NOTHING.contains(scalar.getValue());
  }

  OptionalLong integer(Range range) {
    if (quoted) {
      report("`" + text + "` is text, needs a whole number without quotes");
    } else if (!WHOLE_NUMBER.matcher(text).matches()) {
      report("`" + text + "` is not a whole number, allowed " + range.min() + " to " + range.max());
    } else if (!range.contains(Long.parseLong(text))) {
      report(range.refusal(Long.parseLong(text)));
    } else {
      return OptionalLong.of(Long.parseLong(text));
    }
    return OptionalLong.empty();
  }

  /** A part of something: above 0 and at most 1. */
  OptionalDouble share() {
    return decimal(1);
  }

  /** A decimal number above 0. */
  OptionalDouble decimal(double most) {
    String allowed = "allowed above 0 to " + Math.round(most);
    if (quoted || !DECIMAL.matcher(text).matches()) {
      report("`" + text + "` is not a decimal number, " + allowed);
    } else if (!(Double.parseDouble(text) > 0 && Double.parseDouble(text) <= most)) {
      report(text + " is out of range, " + allowed);
    } else {
      return OptionalDouble.of(Double.parseDouble(text));
    }
    return OptionalDouble.empty();
  }

  Optional<Duration> duration(Duration shortest, Duration longest) {
    Optional<Duration> duration = Durations.parse(text);
    if (duration.isEmpty()) {
      report("`" + text + "` is not a duration, write it like 500ms, 2s, 10m, 1h or 7d");
      return Optional.empty();
    }
    if (duration.get().compareTo(shortest) < 0 || duration.get().compareTo(longest) > 0) {
      report(
          text
              + " is out of range, allowed "
              + Durations.print(shortest)
              + " to "
              + Durations.print(longest));
      return Optional.empty();
    }
    return duration;
  }

  void report(String message) {
    document.report(line, path, message);
  }
}
