package io.tidegate.http.config;

import io.tidegate.http.config.yaml.Problem;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** A configuration cannot be used; says everything that is wrong with it, not just the first. */
public final class ConfigException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  ConfigException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** One mistake that is known by its field alone. */
  public static ConfigException of(String where, String path, String message) {
    return new ConfigException(List.of(new Problem(where, 0, OptionalInt.empty(), path, message)));
  }

  /** At least one, in the order of the file. */
  public List<Problem> problems() {
    return problems;
  }
}
