package io.tidegate.http.cli.loadtest;

import io.tidegate.http.Frontend;
import io.tidegate.http.config.ConfigException;
import io.tidegate.http.config.ConfigLoader;
import io.tidegate.http.config.Overrides;
import io.tidegate.loadtest.backend.BackendSettings;
import io.tidegate.loadtest.backend.ChatBackend;
import io.tidegate.loadtest.builtin.Rehearsal;
import io.tidegate.loadtest.builtin.Rehearsal.CapacityChange;
import io.tidegate.loadtest.record.UnwritableException;
import io.tidegate.loadtest.scenario.ChatProtocol;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A simulated backend in this process, with or without a gate in front of it, for a load test that
 * was given no target.
 */
final class RehearsalTarget implements AutoCloseable {

  private static final int OUTPUT_TOKENS = 50;

  /** What stands in front of the backend. */
  enum Gate {
    /** Nothing. */
    NONE,
    /** A gate with a limit that somebody has chosen for the worst. */
    FIXED,
    /** A gate that finds its limit by itself. */
    ADAPTIVE;

    List<String> limit(Rehearsal rehearsal) {
      return this == ADAPTIVE
          ? List.of(
              "limit: {mode: adaptive, seats: %d, max: %d}"
                  .formatted(rehearsal.gateSeats(), rehearsal.capacitySeats()),
              "objective: {first_token: 2s, time_per_output_token: 80ms}")
          : List.of("limit: {seats: " + rehearsal.gateSeats() + "}");
    }
  }

  private final Rehearsal rehearsal;
  private final ChatBackend backend;
  private final Optional<Frontend> gate;
  private final Map<String, List<String>> keys;
  private int changesDone;

  private RehearsalTarget(
      Rehearsal rehearsal,
      ChatBackend backend,
      Optional<Frontend> gate,
      Map<String, List<String>> keys) {
    this.rehearsal = rehearsal;
    this.backend = backend;
    this.gate = gate;
    this.keys = keys;
  }

  /**
   * Starts what is needed.
   *
   * @param directory where the gate keeps its files
   */
  static RehearsalTarget start(Rehearsal rehearsal, Gate kind, Path directory, long seed)
      throws IOException, ConfigException {
    ChatBackend backend =
        ChatBackend.start(
            BackendSettings.defaults()
                .withCapacitySeats(rehearsal.capacitySeats())
                .withOutputTokens(OUTPUT_TOKENS)
                .withSeed(seed));
    Map<String, List<String>> keys = keys(rehearsal);
    try {
      Optional<Frontend> gate =
          kind == Gate.NONE
              ? Optional.empty()
              : Optional.of(startGate(rehearsal, kind, backend, keys, directory));
      return new RehearsalTarget(rehearsal, backend, gate, keys);
    } catch (IOException | ConfigException | RuntimeException e) {
      backend.close();
      throw e;
    }
  }

  ChatProtocol adapt(ChatProtocol protocol) {
    String url = gate.map(RehearsalTarget::url).orElseGet(backend::url);
    return protocol.baseUrl(url).withKeys(keys);
  }

  /** The metrics page of the gate, where there is one. */
  Optional<URI> metrics() {
    return gate.map(
        front -> URI.create("http://127.0.0.1:" + front.healthAddress().getPort() + "/metrics"));
  }

  /** Lets happen to the backend what is due by then. */
  void elapsed(long nanos) {
    List<CapacityChange> changes = rehearsal.capacityChanges();
    while (changesDone < changes.size() && nanos >= changes.get(changesDone).at().toNanos()) {
      backend.setCapacitySeats(changes.get(changesDone).seats());
      changesDone++;
    }
  }

  @Override
  public void close() {
    gate.ifPresent(Frontend::close);
    backend.close();
  }

  private static String url(Frontend gate) {
    return "http://127.0.0.1:" + gate.dataAddress().getPort();
  }

  private static Map<String, List<String>> keys(Rehearsal rehearsal) {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    rehearsal
        .subscribers()
        .forEach(
            (tier, count) ->
                keys.put(
                    tier,
                    IntStream.range(0, count)
                        .mapToObj(n -> "rehearsal-" + tier + "-" + n)
                        .toList()));
    return keys;
  }

  /** Configured by the same file format as any other gate. */
  private static Frontend startGate(
      Rehearsal rehearsal,
      Gate kind,
      ChatBackend backend,
      Map<String, List<String>> keys,
      Path directory)
      throws IOException, ConfigException {
    List<String> lines = new ArrayList<>();
    lines.add("listen: {host: 127.0.0.1, port: 0}");
    lines.add("admin: {port: 0}");
    lines.add("upstreams: [{name: simulated, url: \"" + backend.url() + "/\"}]");
    lines.addAll(kind.limit(rehearsal));
    lines.add("identity:");
    lines.add("  api_keys:");
    keys.forEach(
        (tier, ofTier) ->
            ofTier.forEach(
                key ->
                    lines.add(
                        "    - {key: %s, subscriber: %s, tier: %s}".formatted(key, key, tier))));
    Path file =
        UnwritableException.explain(
            directory, () -> Files.write(directory.resolve("gate.yaml"), lines));
    Overrides overrides =
        new Overrides(
            List.of(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.of(directory.resolve("gate-data")));
    return Frontend.start(ConfigLoader.create().read(Optional.of(file), overrides));
  }
}
