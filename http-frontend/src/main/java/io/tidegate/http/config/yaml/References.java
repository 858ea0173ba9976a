package io.tidegate.http.config.yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * References in a YAML text: to the environment, {@code ${NAME}} and {@code ${NAME:-default}}, and
 * to files that hold a secret, {@code ${file:/path}}.
 *
 * <p>Braces mean something else inside {@code {...}}, and a value put in before parsing could end
 * its field and begin another. So each reference is parsed as a stand-in of the same length, made
 * of characters from Unicode's private use area, and is replaced in the parsed scalar. Lines and
 * columns stay what they are.
 */
final class References {

  private static final Pattern REFERENCE =
      Pattern.compile("(?<!\\$)\\$\\{(file:[^}\\n]+|[A-Za-z_][A-Za-z0-9_]*)(?::-([^}\\n]*))?}");
  private static final String FILE = "file:";
  private static final long LARGEST_FILE_BYTES = 65_536;
  private static final char OPEN = '\uE000';
  private static final char FILL = '\uE001';
  private static final char FIRST_INDEX = '\uE100';
  private static final int MOST = 4_096;
  private static final Pattern STAND_IN = Pattern.compile(OPEN + "(.)" + FILL + "*");

  private final Function<String, Optional<String>> environment;
  private final List<Reference> found;
  private final String text;

  private References(
      Function<String, Optional<String>> environment, List<Reference> found, String text) {
    this.environment = environment;
    this.found = found;
    this.text = text;
  }

  /**
   * Finds the references of a text.
   *
   * @throws IllegalArgumentException if the text has the stand-ins' own characters, or more than
   *     4096 references
   */
  static References in(String text, Function<String, Optional<String>> environment) {
    if (text.indexOf(OPEN) >= 0) {
      throw new IllegalArgumentException("the character U+E000 is not allowed");
    }
    List<Reference> found = new ArrayList<>();
    String standIns =
        REFERENCE
            .matcher(text)
            .replaceAll(
                match -> {
                  found.add(new Reference(match.group(), match.group(1), match.group(2)));
                  return standIn(found.size() - 1, match.end() - match.start());
                });
    if (found.size() > MOST) {
      throw new IllegalArgumentException("more than " + MOST + " references to the environment");
    }
    return new References(environment, List.copyOf(found), standIns);
  }

  private static String standIn(int index, int length) {
    char number = (char) (FIRST_INDEX + Math.min(index, MOST));
    return "" + OPEN + number + String.valueOf(FILL).repeat(length - 2);
  }

  /** The text to be parsed. */
  String text() {
    return text;
  }

  /** Whether a parsed scalar refers to the environment. */
  static boolean refers(String scalar) {
    return scalar.indexOf(OPEN) >= 0;
  }

  /** The scalar with the references as they were written. */
  String restore(String scalar) {
    return STAND_IN
        .matcher(scalar)
        .replaceAll(match -> Matcher.quoteReplacement(original(match).written()));
  }

  /**
   * The scalar with values in place of references, and with a doubled dollar sign before a brace
   * halved. Empty if a variable is missing or a reference malformed, after telling so.
   */
  Optional<String> resolve(String scalar, Consumer<String> problems) {
    boolean[] complete = {true};
    Consumer<String> refuse =
        message -> {
          complete[0] = false;
          problems.accept(message);
        };
    if (scalar.replace("$${", "").contains("${")) {
      refuse.accept(
          "malformed reference, the forms are ${NAME}, ${NAME:-default}, ${file:/path}, $${ for itself");
    }
    String resolved =
        STAND_IN
            .matcher(scalar.replace("$${", "${"))
            .replaceAll(match -> Matcher.quoteReplacement(value(original(match), refuse)));
    return complete[0] ? Optional.of(resolved) : Optional.empty();
  }

  private Reference original(MatchResult standIn) {
    return found.get(standIn.group(1).charAt(0) - FIRST_INDEX);
  }

  private String value(Reference reference, Consumer<String> refuse) {
    String name = reference.name();
    String otherwise = reference.otherwise();
    if (name.startsWith(FILE)) {
      return contents(name.substring(FILE.length()), refuse);
    }
    Optional<String> value = environment.apply(name);
    // As in a shell, `:-` also replaces a variable that is set and empty.
    if (otherwise != null) {
      return value.filter(text -> !text.isEmpty()).orElse(otherwise);
    }
    if (value.isEmpty()) {
      refuse.accept(
          "environment variable " + name + " is not set, and ${" + name + "} has no default");
    }
    return value.orElse("");
  }

  /** The text of a file, without the line's end that editors put at its own. */
  private static String contents(String name, Consumer<String> refuse) {
    try {
      Path file = Path.of(name);
      if (Files.size(file) > LARGEST_FILE_BYTES) {
        refuse.accept("file " + name + " is larger than " + LARGEST_FILE_BYTES + " bytes");
        return "";
      }
      return Files.readString(file).stripTrailing();
    } catch (NoSuchFileException e) {
      refuse.accept("there is no file " + name);
    } catch (IOException | InvalidPathException e) {
      refuse.accept("file " + name + " cannot be read as text");
    }
    return "";
  }

  /** A reference as it was written, and its parts; {@code otherwise} is null without a default. */
  private record Reference(String written, String name, String otherwise) {}
}
