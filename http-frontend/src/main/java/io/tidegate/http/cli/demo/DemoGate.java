package io.tidegate.http.cli.demo;

import io.tidegate.http.Frontend;
import io.tidegate.http.config.ConfigException;
import io.tidegate.http.config.ConfigLoader;
import io.tidegate.http.config.GateConfig;
import io.tidegate.http.config.Overrides;
import io.tidegate.loadtest.backend.BackendSettings;
import io.tidegate.loadtest.backend.ChatBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The gate of the demo, its simulated backend, and the story that is told with both.
 *
 * <p>Threading: safe for all.
 */
final class DemoGate implements AutoCloseable {
  /** Where the search for the limit begins. */
  static final int FIRST_SEATS = 36;

  /** Keys to paste, one for each tier; nobody has them but in the demo. */
  static final String KEY = "tg-demo-";

  private static final int OUTPUT_TOKENS = 50;

  private final ChatBackend backend;
  private final Frontend gate;
  private final Storyteller teller;
  private final Surge surge;

  private DemoGate(ChatBackend backend, Frontend gate, Storyteller teller, Surge surge) {
    this.backend = backend;
    this.gate = gate;
    this.teller = teller;
    this.surge = surge;
  }

  /**
   * Starts all of it.
   *
   * @param data where the gate keeps its files; its configuration is written there too
   */
  static DemoGate start(Story story, Path data, OptionalInt port, OptionalInt adminPort)
      throws IOException, ConfigException {
    ChatBackend backend =
        ChatBackend.start(
            BackendSettings.defaults()
                .withCapacitySeats(Story.SEATS)
                .withOutputTokens(OUTPUT_TOKENS));
    try {
      Files.createDirectories(data);
      Path file = Files.write(data.resolve("demo.yaml"), lines(backend));
      GateConfig config =
          ConfigLoader.create()
              .read(
                  Optional.of(file), new Overrides(List.of(), port, adminPort, Optional.of(data)));
      Frontend gate = Frontend.start(config);
      String url = "http://127.0.0.1:" + gate.dataAddress().getPort();
      Surge surge = new Surge(Visitors.surge(url), data.resolve("surge"));
      GateStage stage = new GateStage(gate, backend, surge);
      gate.live().tellsOf(stage);
      return new DemoGate(
          backend, gate, Storyteller.start(story, stage, url, data.resolve("story")), surge);
    } catch (IOException | ConfigException | RuntimeException e) {
      backend.close();
      throw e;
    }
  }

  private static List<String> lines(ChatBackend backend) {
    List<String> lines = new ArrayList<>();
    lines.add("# Written by `tidegate demo` each time it starts.");
    lines.add("listen: {host: 127.0.0.1}");
    lines.add("upstreams: [{name: simulated, url: \"" + backend.url() + "\"}]");
    lines.add("limit: {mode: adaptive, seats: " + FIRST_SEATS + ", max: " + Story.SEATS + "}");
    lines.add("objective: {first_token: 2s, time_per_output_token: 80ms}");
    lines.add("features: {gpts: {match: {model: \"g-*\"}, seats: 2, max_share: .3}}");
    lines.add("signups: {plus: {places: 500, claim: 1m}}");
    lines.add("identity:");
    lines.add("  api_keys:");
    Map<String, List<String>> keys = new LinkedHashMap<>();
    Visitors.keys()
        .forEach(
            (tier, visitors) -> {
              keys.put(tier, new ArrayList<>(visitors));
              keys.get(tier).add(KEY + tier);
            });
    keys.forEach(
        (tier, of) ->
            of.forEach(
                key ->
                    lines.add(
                        "    - {key: %s, subscriber: %s, tier: %s}".formatted(key, key, tier))));
    return lines;
  }

  /** The gate. */
  Frontend gate() {
    return gate;
  }

  /** Sends the visitors home; the gate goes on. */
  void endStory() {
    surge.close();
    teller.close();
  }

  @Override
  public void close() {
    endStory();
    gate.close();
    backend.close();
  }
}
