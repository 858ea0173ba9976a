package io.tidegate.http.cli.explain;

import io.tidegate.engine.tier.TierTable;
import io.tidegate.http.config.ConfigException;
import io.tidegate.http.config.ConfigLoader;
import io.tidegate.http.config.GateConfig;
import io.tidegate.http.identity.Caller;
import io.tidegate.http.identity.Callers;
import io.tidegate.http.proxy.asked.AdmissionRequests;
import io.tidegate.http.proxy.asked.FeatureRules;
import io.tidegate.http.proxy.asked.ModelLeeways;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Tells what a request would get, and why. Ends with 0 if it could be admitted, 1 if it would be
 * refused whatever the load, 2 if the configuration cannot be used.
 */
@Command(
    name = "explain",
    description = "Tell what a request would get from a configuration, and why.")
public final class ExplainCommand implements Callable<Integer> {

  private static final int REFUSED = 1;

  /** As long as a gate gives an identity server for its answer, and a little more. */
  private static final Duration PATIENCE = Duration.ofSeconds(12);

  private static final Duration LOOK = Duration.ofMillis(50);

  @Spec private CommandSpec spec;

  @Option(names = "--config", required = true, paramLabel = "FILE", description = "The file.")
  private Path file;

  @Option(
      names = "--key",
      required = true,
      paramLabel = "KEY",
      description = "The API key or token that the caller shows.")
  private String key;

  @Mixin private SampleRequest sample;

  @Override
  public Integer call() throws ConfigException, InterruptedException {
    GateConfig config = ConfigLoader.load(file);
    TierTable tiers = config.tiers().table();
    Caller caller = caller(config, tiers);
    PrintWriter out = spec.commandLine().getOut();
    if (!(caller instanceof Caller.Known known)) {
      out.println(
          caller == Caller.Undecided.INSTANCE
              ? "refused with 503 and the reason identity-unavailable: the identity server does not"
                  + " send the keys that would tell"
              : "refused with 401 and the reason unknown-caller: the key is nobody's");
      out.flush();
      return REFUSED;
    }
    AdmissionRequests requests =
        new AdmissionRequests(
            FeatureRules.of(config.features(), tiers),
            ModelLeeways.of(config.limit()),
            config.sessions(),
            config.bodies());
    Explanation explanation =
        new Explanation(
            config,
            tiers,
            known,
            requests
                .of(known.subscriber(), sample.make(config.sessions()))
                .orElseThrow()
                .admission(),
            Instant.now());
    explanation.parts().forEach((part, text) -> out.printf("%-11s %s%n", part, text));
    out.flush();
    return explanation.isRefused() ? REFUSED : 0;
  }

  private Caller caller(GateConfig config, TierTable tiers) throws InterruptedException {
    try (Callers callers = Callers.of(config.identity(), tiers, List.of())) {
      Caller caller = callers.of(key);
      Instant end = Instant.now().plus(PATIENCE);
      while (caller == Caller.Undecided.INSTANCE && Instant.now().isBefore(end)) {
        Thread.sleep(LOOK.toMillis());
        caller = callers.of(key);
      }
      return caller;
    }
  }
}
