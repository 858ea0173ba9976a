package io.tidegate.http.cli;

import io.tidegate.http.DrainReport;
import io.tidegate.http.Frontend;
import io.tidegate.http.cli.operator.AdminToken;
import io.tidegate.http.cli.operator.RandomText;
import io.tidegate.http.cli.signal.Signals;
import io.tidegate.http.config.ConfigChange;
import io.tidegate.http.config.ConfigException;
import io.tidegate.http.config.ConfigLoader;
import io.tidegate.http.config.ConfigSource;
import io.tidegate.http.config.GateConfig;
import io.tidegate.http.config.Overrides;
import io.tidegate.http.config.identity.key.ApiKeyConfig;
import io.tidegate.loadtest.backend.ChatBackend;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the gate until it is told to end. */
@Command(
    name = "serve",
    description = {
      "Run the gate. With no upstream configured, in front of a simulated chat backend.",
      "SIGTERM lets running answers finish; a second one ends them."
    })
final class ServeCommand implements Callable<Integer> {

  private static final int KEY_LENGTH = 32;

  @Spec private CommandSpec spec;

  @Option(names = "--config", paramLabel = "FILE", description = "The configuration file.")
  private Path file;

  @Option(
      names = "--upstream",
      paramLabel = "URL",
      description = "A chat service to stand in front of; may be given several times.")
  private List<URI> upstreams = new ArrayList<>();

  @Option(names = "--port", paramLabel = "N", description = "The data port; 0 for any.")
  private Integer port;

  @Option(names = "--admin-port", paramLabel = "N", description = "The admin port; 0 for any.")
  private Integer adminPort;

  @Option(names = "--data", paramLabel = "DIR", description = "Where the gate keeps its files.")
  private Path data;

  @Override
  public Integer call() throws ConfigException {
    GateConfig config = read();
    if (!config.upstreams().isEmpty()) {
      return serveUpstreams(config);
    }
    try (ChatBackend backend = Embedded.startBackend()) {
      return serveEmbedded(() -> Embedded.configFor(read(), backend));
    }
  }

  private GateConfig read() throws ConfigException {
    GateConfig config = ConfigLoader.create().read(Optional.ofNullable(file), overrides());
    try {
      return config.withAdmin(AdminToken.secured(config.admin(), config.dataDir()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the admin token: " + e.getMessage(), e);
    }
  }

  private Overrides overrides() {
    return new Overrides(upstreams, optional(port), optional(adminPort), Optional.ofNullable(data));
  }

  private int serveEmbedded(ConfigSource source) throws ConfigException {
    GateConfig config = source.read();
    List<String> notes = new ArrayList<>();
    notes.add(bold("No upstream is given: a simulated chat backend runs in this process."));
    notes.add("Its keys, which exist only here:");
    config.tiers().names().forEach(tier -> notes.add("  " + Embedded.demoKey(tier)));
    return serve(
        config, source, notes, Optional.of(Embedded.demoKey(config.tiers().names().get(0))));
  }

  private int serveUpstreams(GateConfig config) throws ConfigException {
    List<String> notes = new ArrayList<>();
    if (config.identity().knowsAnybody()) {
      return serve(config, this::read, notes, Optional.empty());
    }
    notes.add(bold("No keys are configured. These are good until the gate ends, and shown once:"));
    List<ApiKeyConfig> made = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (String tier : config.tiers().names()) {
      String key = "tg-" + RandomText.of(KEY_LENGTH);
      keys.add(key);
      made.add(ApiKeyConfig.ofKey(key, "operator-" + tier, tier));
      notes.add("  %-8s %s".formatted(tier, key));
    }
    ConfigSource source = () -> withKeys(read(), made);
    return serve(withKeys(config, made), source, notes, Optional.of(keys.get(0)));
  }

  /** The made keys are good as long as the file has none of its own. */
  private static GateConfig withKeys(GateConfig config, List<ApiKeyConfig> made) {
    return config.identity().knowsAnybody()
        ? config
        : config.withIdentity(config.identity().withApiKeys(made));
  }

  private int serve(
      GateConfig config, ConfigSource source, List<String> notes, Optional<String> key) {
    PrintWriter out = spec.commandLine().getOut();
    try (Frontend gate = Frontend.start(config, source)) {
      out.print(Banner.of(config, gate, notes, key));
      out.flush();
      Signals.onFirstAndSecond(
          () -> {
            out.printf(
                "Draining: %d requests run and may finish, for at most %d s. A second signal ends"
                    + " them now.%n",
                gate.running(), config.timeouts().drain().toSeconds());
            out.flush();
            gate.drain();
          },
          () -> gate.drain(Duration.ZERO));
      Signals.onHangup(() -> reload(gate));
      DrainReport report = gate.drained().toCompletableFuture().join();
      out.printf("Drained: %d finished, %d cut.%n", report.finished(), report.cut());
      out.flush();
    }
    return 0;
  }

  private void reload(Frontend gate) {
    PrintWriter out = spec.commandLine().getOut();
    try {
      ConfigChange change = gate.reload("signal");
      change.changed().forEach(line -> out.println("changed: " + line));
      change.needsRestart().forEach(line -> out.println("needs a restart: " + line));
      out.println("Reloaded: " + change.changed().size() + " settings have changed.");
    } catch (ConfigException e) {
      out.println("Not reloaded, the last good configuration stays:\n" + e.getMessage());
    }
    out.flush();
  }

  private static OptionalInt optional(Integer number) {
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /** Bold where somebody looks, and plain in a file. */
  private static String bold(String text) {
    return Ansi.AUTO.string("@|bold " + text + "|@");
  }
}
