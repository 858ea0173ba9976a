package io.tidegate.http.cli;

import io.tidegate.http.cli.counters.CountersCommand;
import io.tidegate.http.cli.demo.DemoCommand;
import io.tidegate.http.cli.explain.ExplainCommand;
import io.tidegate.http.cli.loadtest.LoadtestCommand;
import io.tidegate.http.cli.operator.DrainCommand;
import io.tidegate.http.cli.operator.ReloadCommand;
import io.tidegate.http.cli.operator.StatusCommand;
import io.tidegate.http.cli.operator.signup.KeysCommand;
import io.tidegate.http.cli.operator.signup.PauseSignupsCommand;
import io.tidegate.http.cli.operator.signup.ResumeSignupsCommand;
import io.tidegate.http.cli.operator.signup.SubscribersCommand;
import io.tidegate.http.cli.operator.signup.WaitlistCommand;
import io.tidegate.http.cli.simulate.SimulateCommand;
import io.tidegate.http.cli.tune.TuneCommand;
import io.tidegate.http.config.ConfigException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The program: {@code tidegate COMMAND}. Ends with 0 if all went well, 1 if the command failed, 2
 * if it was used wrongly or the configuration cannot be used.
 */
@Command(
    name = "tidegate",
    description = "An admission gate for chat services.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ServeCommand.class,
      DemoCommand.class,
      CheckCommand.class,
      ExplainCommand.class,
      StatusCommand.class,
      CountersCommand.class,
      DrainCommand.class,
      KeysCommand.class,
      SubscribersCommand.class,
      WaitlistCommand.class,
      ReloadCommand.class,
      PauseSignupsCommand.class,
      ResumeSignupsCommand.class,
      BackendCommand.class,
      LoadtestCommand.class,
      SimulateCommand.class,
      TuneCommand.class,
      VersionCommand.class
    })
public final class Main implements Runnable {

  private static final int FAILED = 1;
  private static final int USAGE = 2;

  @Spec private CommandSpec spec;

  @CommandLine.Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = CommandLine.ScopeType.INHERIT,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The program, not yet told what to do. */
  public static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Main::explain);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  /** A failure is said in one sentence; a stack trace would only hide it. */
  private static int explain(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    boolean config = failure instanceof ConfigException;
    String sentence = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    command.getErr().println(config ? sentence : "tidegate: " + sentence);
    return config ? USAGE : FAILED;
  }
}
