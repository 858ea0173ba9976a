package io.tidegate.http.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the command line says, which goes before what the file says.
 *
 * @param upstreams if there are any, the file's upstreams and their seats are forgotten
 * @param port of the data port
 * @param adminPort of the admin port
 * @param dataDir where the gate keeps its files
 */
public record Overrides(
    List<URI> upstreams, OptionalInt port, OptionalInt adminPort, Optional<Path> dataDir) {

  public Overrides {
    upstreams = List.copyOf(upstreams);
  }

  /** Nothing: the file decides. */
  public static Overrides none() {
    return new Overrides(List.of(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
  }
}
