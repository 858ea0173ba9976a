package io.tidegate.loadtest.run;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a plan is run this time.
 *
 * @param seed of everything random
 * @param directory where its files go
 * @param arguments of the command line, without keys, for the manifest
 * @param throughGate whether the target is a gate, for the manifest
 * @param keepRequests whether to write a line for each request
 * @param detour where each request is sent too, around the target
 * @param progress hears once a second how far it is, on the client's thread; must not wait
 */
public record RunOptions(
    long seed,
    Path directory,
    List<String> arguments,
    boolean throughGate,
    boolean keepRequests,
    Optional<Detour> detour,
    Consumer<Progress> progress) {

  public RunOptions {
    arguments = List.copyOf(arguments);
  }

  /**
   * A way around the target.
   *
   * @param url of the server behind it
   * @param key that this server wants
   */
  public record Detour(URI url, Optional<String> key) {}

  /** With what was typed, without keys, and whether the target is a gate. */
  public RunOptions toldAs(List<String> typed, boolean gate) {
    return new RunOptions(seed, directory, typed, gate, keepRequests, detour, progress);
  }

  /** With somebody who hears of the progress. */
  public RunOptions withProgress(Consumer<Progress> listener) {
    return new RunOptions(seed, directory, arguments, throughGate, keepRequests, detour, listener);
  }

  /** With a line for each request. */
  public RunOptions withRequests() {
    return new RunOptions(seed, directory, arguments, throughGate, true, detour, progress);
  }

  /** With each request sent that way too. */
  public RunOptions withDetour(Detour way) {
    return new RunOptions(
        seed, directory, arguments, throughGate, keepRequests, Optional.of(way), progress);
  }

  /** Quietly, into a directory. */
  public static RunOptions into(Path directory, long seed) {
    return new RunOptions(
        seed, directory, List.of(), true, false, Optional.empty(), progress -> {});
  }
}
