package io.tidegate.http.cli.loadtest;

import io.tidegate.http.cli.loadtest.RehearsalTarget.Gate;
import io.tidegate.loadtest.run.RunOptions.Detour;
import io.tidegate.loadtest.scenario.ChatProtocol;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is loaded, and with which keys. */
final class TargetOptions {

  private static final int REACH_MILLIS = 3_000;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--target", paramLabel = "URL", description = "The service to load.")
  private URI target;

  @Option(
      names = "--key",
      paramLabel = "TIER=KEY",
      description = "An API key of a tier; may be given several times, a subscriber each.")
  private List<String> keys = new ArrayList<>();

  @Option(
      names = "--no-gate",
      description = "Without --target: straight to the simulated backend, the same arrivals.")
  private boolean noGate;

  @Option(
      names = "--adaptive",
      description = "Without --target: a gate that finds its limit by itself.")
  private boolean adaptive;

  @Option(
      names = "--paired",
      paramLabel = "DIRECT_URL",
      description = "With --target: send each request there too, and tell what the target adds.")
  private URI paired;

  @Option(
      names = "--paired-key",
      paramLabel = "KEY",
      description = "The API key that DIRECT_URL wants; the target's keys are never sent there.")
  private String pairedKey;

  @Option(
      names = "--metrics",
      paramLabel = "URL",
      description = "With --target: the gate's metrics page; whether its books add up is judged.")
  private URI metrics;

  Optional<URI> target() {
    return Optional.ofNullable(target);
  }

  /** The metrics page of the gate that is loaded, where it was given. */
  Optional<URI> metrics() {
    return Optional.ofNullable(metrics);
  }

  /** The gate that a run without a target has in front of its backend, if not told otherwise. */
  Gate gate() {
    return adaptive ? Gate.ADAPTIVE : Gate.FIXED;
  }

  /** The gate, or none if that was asked for. */
  Gate gateUnlessNone() {
    return noGate ? Gate.NONE : gate();
  }

  /** Where each request goes too. */
  Optional<Detour> detour() {
    return Optional.ofNullable(paired).map(url -> new Detour(url, Optional.ofNullable(pairedKey)));
  }

  ChatProtocol adapt(ChatProtocol protocol) {
    ChatProtocol changed = target == null ? protocol : protocol.baseUrl(target.toString());
    if (keys.isEmpty()) {
      return changed;
    }
    changed = changed.withKeys(Map.of());
    for (String given : keys) {
      int sign = given.indexOf('=');
      if (sign < 1) {
        throw new ParameterException(spec.commandLine(), "--key is to be TIER=KEY");
      }
      changed = changed.key(given.substring(0, sign), given.substring(sign + 1));
    }
    return changed;
  }

  /**
   * Makes sure that somebody listens, before a run of minutes finds nobody.
   *
   * @throws IOException if nobody does
   */
  static void requireReachable(URI url) throws IOException {
    if (url.getHost() == null) {
      throw new IOException("cannot reach " + url + ": it names no host");
    }
    int port = url.getPort() > 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
    InetSocketAddress address = new InetSocketAddress(url.getHost(), port);
    if (address.isUnresolved()) {
      throw new IOException("cannot reach " + url + ": no such host");
    }
    try (Socket socket = new Socket()) {
      socket.connect(address, REACH_MILLIS);
    } catch (IOException e) {
      throw new IOException("cannot reach " + url + ": " + e.getMessage(), e);
    }
  }

  /** What was typed, without keys. */
  List<String> withoutKeys(List<String> typed) {
    List<String> shown = new ArrayList<>();
    for (String argument : typed) {
      int sign = argument.lastIndexOf('=');
      boolean ofTier = keys.stream().anyMatch(argument::endsWith);
      boolean ofDetour = pairedKey != null && argument.endsWith(pairedKey);
      shown.add(
          ofDetour
              ? argument.substring(0, argument.length() - pairedKey.length()) + "***"
              : ofTier && sign > 0 ? argument.substring(0, sign + 1) + "***" : argument);
    }
    return shown;
  }
}
