package io.tidegate.http.cli;

import io.tidegate.http.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells which build runs on which Java. */
@Command(name = "version", description = "Show the version, the commit and the Java.")
final class VersionCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine()
        .getOut()
        .printf(
            "Tidegate %s on Java %s (%s)%n",
            Version.current(),
            System.getProperty("java.version"),
            System.getProperty("java.vm.name"));
  }
}
