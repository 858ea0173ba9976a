package io.tidegate.http.config;

import io.tidegate.http.config.listen.ListenConfig;
import io.tidegate.http.config.upstream.UpstreamConfig;
import io.tidegate.http.config.yaml.Problem;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
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

  /** What the command line says that cannot be used. */
  List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    for (URI upstream : upstreams) {
      UpstreamConfig.refusal(upstream).ifPresent(why -> problems.add(problem("--upstream", why)));
    }
    port.ifPresent(value -> check("--port", value, problems));
    adminPort.ifPresent(value -> check("--admin-port", value, problems));
    return problems;
  }

  private static void check(String option, int port, List<Problem> problems) {
    if (!ListenConfig.PORT.contains(port)) {
      problems.add(problem(option, ListenConfig.PORT.refusal(port)));
    }
  }

  private static Problem problem(String option, String message) {
    return new Problem(ConfigLoader.COMMAND_LINE, 0, OptionalInt.empty(), option, message);
  }

  /** Nothing: the file decides. */
  public static Overrides none() {
    return new Overrides(List.of(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
  }
}
