package io.tidegate.http.config;

import io.tidegate.http.config.signup.SignupReader;
import io.tidegate.http.config.yaml.Document;
import io.tidegate.http.config.yaml.Problem;
import io.tidegate.http.config.yaml.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.function.Function;

/** Reads a configuration file, or tells everything that is wrong with it. */
public final class ConfigLoader {

  /** Where a mistake is that is not in a file. */
  static final String COMMAND_LINE = "command line";

  private final Function<String, Optional<String>> environment;

  private ConfigLoader(Function<String, Optional<String>> environment) {
    this.environment = environment;
  }

  /** A loader for the process's own environment. */
  public static ConfigLoader create() {
    return with(name -> Optional.ofNullable(System.getenv(name)));
  }

  /** A loader that asks for environment variables elsewhere. */
  public static ConfigLoader with(Function<String, Optional<String>> environment) {
    return new ConfigLoader(environment);
  }

  /** Reads a file, with the process's environment and nothing from a command line. */
  public static GateConfig load(Path file) throws ConfigException {
    return create().read(Optional.of(file), Overrides.none());
  }

  /**
   * Reads a file, or nothing at all, which means the defaults.
   *
   * @throws ConfigException if the file cannot be read, or what it says cannot be used
   */
  public GateConfig read(Optional<Path> file, Overrides overrides) throws ConfigException {
    return file.isPresent()
        ? parse(file.get().toString(), textOf(file.get()), overrides)
        : parse(COMMAND_LINE, "", overrides);
  }

  GateConfig parse(String name, String text, Overrides overrides) throws ConfigException {
    Document document = Document.parse(name, text, this::variable);
    List<Problem> problems = new ArrayList<>(overrides.problems());
    Overrides usable = problems.isEmpty() ? overrides : Overrides.none();
    GateConfig config = document.read(root -> ConfigReader.read(root, usable));
    problems.addAll(document.problems());
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return config;
  }

  /** The data directory is known only when the file is read, so its name stands for itself. */
  private Optional<String> variable(String name) {
    return name.equals(SignupReader.DATA_DIR)
        ? Optional.of("${" + name + "}")
        : environment.apply(name);
  }

  /** Every key that is read while this text is, be it in the text or not. */
  static SortedSet<String> keysAskedOf(String text) {
    Document document = Document.parse("", text, name -> Optional.empty());
    document.read(root -> ConfigReader.read(root, Overrides.none()));
    return document.asked();
  }

  private static String textOf(Path file) throws ConfigException {
    try {
      return TextFile.read(file);
    } catch (IOException e) {
      throw new ConfigException(
          List.of(new Problem(file.toString(), 0, OptionalInt.empty(), "", e.getMessage())));
    }
  }
}
