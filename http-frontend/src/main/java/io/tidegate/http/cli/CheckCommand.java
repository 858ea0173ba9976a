package io.tidegate.http.cli;

import io.tidegate.http.config.ConfigException;
import io.tidegate.http.config.ConfigLoader;
import io.tidegate.http.config.ConfigPrinter;
import io.tidegate.http.config.GateConfig;
import io.tidegate.http.config.admission.Doubts;
import io.tidegate.http.transport.tls.ServerTls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says whether a configuration can be used, and what it amounts to. */
@Command(
    name = "check",
    description = "Validate a configuration file and print what it amounts to.")
final class CheckCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--config", required = true, paramLabel = "FILE", description = "The file.")
  private Path file;

  @Override
  public Integer call() throws ConfigException, IOException {
    GateConfig config = ConfigLoader.load(file);
    if (config.listen().tls().isPresent()) {
      ServerTls.check(config.listen().tls().get());
    }
    spec.commandLine().getOut().print(ConfigPrinter.print(config));
    spec.commandLine().getOut().flush();
    Doubts.about(config.limit(), config.tiers(), config.features())
        .forEach(doubt -> spec.commandLine().getErr().println(file + ": " + doubt));
    spec.commandLine().getErr().println(file + ": the configuration can be used");
    return 0;
  }
}
