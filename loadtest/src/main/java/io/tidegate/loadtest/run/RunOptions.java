package io.tidegate.loadtest.run;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * How a plan is run this time.
 *
 * @param seed of everything random
 * @param directory where its files go
 * @param arguments of the command line, without keys, for the manifest
 * @param throughGate whether the target is a gate, for the manifest
 * @param progress hears once a second how far it is, on the client's thread; must not wait
 */
public record RunOptions(
    long seed,
    Path directory,
    List<String> arguments,
    boolean throughGate,
    Consumer<Progress> progress) {

  public RunOptions {
    arguments = List.copyOf(arguments);
  }

  /** Quietly, into a directory. */
  public static RunOptions into(Path directory, long seed) {
    return new RunOptions(seed, directory, List.of(), true, progress -> {});
  }
}
