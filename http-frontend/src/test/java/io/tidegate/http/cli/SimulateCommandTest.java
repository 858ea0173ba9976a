package io.tidegate.http.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What an operator asks of the simulation, and what they are told when they ask wrongly. */
class SimulateCommandTest {
  @TempDir private Path folder;
  private Path config;
  private StringWriter out;
  private StringWriter err;

  @BeforeEach
  void configure() throws IOException {
    config =
        Files.writeString(
            folder.resolve("gate.yaml"),
            """
            limit: {mode: fixed, seats: 48}
            tiers: {gold: {}, trial: {max_wait: {opening: 0s}}}
            shed_order: [trial, gold]
            """);
  }

  @Test
  void tellsWhatBecomesOfEachTierAndDrawsIt() throws IOException {
    Path picture = folder.resolve("run.svg");

    assertThat(
            run(
                "--config",
                config.toString(),
                "--surge",
                "3x",
                "--tiers",
                "gold=.2,trial=.8",
                "--picture",
                picture.toString()))
        .isZero();

    assertThat(out.toString()).containsPattern("gold +\\d+ +\\d+ +100\\.00%");
    assertThat(out.toString()).containsPattern("trial +\\d+ +\\d+ +\\d?\\d\\.\\d\\d%");
    assertThat(out.toString()).contains("let in while a better class was short of room: 0");
    assertThat(Files.readString(picture)).startsWith("<svg").contains("gold: requests/s");
  }

  @Test
  void takesLengthsFromATrace() throws IOException {
    String headings = "TIMESTAMP,ContextTokens,GeneratedTokens\n";
    Path trace = Files.writeString(folder.resolve("t.csv"), headings + "0,100,20\n1,200,40\n");
    assertThat(run("--config", config.toString())).isZero();
    String usual = out.toString();

    assertThat(run("--config", config.toString(), "--trace", trace.toString())).isZero();

    assertThat(out.toString()).isNotEqualTo(usual);
  }

  @Test
  void refusesATraceThatIsNone() throws IOException {
    Path trace = Files.writeString(folder.resolve("t.csv"), "TIMESTAMP\n1\n2\n");

    assertThat(run("--config", config.toString(), "--trace", trace.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("--trace: ", "line 2");
    assertThat(run("--config", config.toString(), "--trace", trace + "x")).isEqualTo(2);
    assertThat(err.toString()).contains("--trace: cannot read ");
  }

  @Test
  void refusesWhatItCannotSimulateAsUsage() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("--config", config.toString(), "--surge", "much")).isEqualTo(2);
    assertThat(err.toString()).contains("--surge: a factor such as 4x");
    assertThat(run("--config", config.toString(), "--tiers", "gold=.2,silver=.8")).isEqualTo(2);
    assertThat(err.toString()).contains("silver is not a tier of [gold, trial]");
    assertThat(run("--config", config.toString(), "--tiers", "gold=.2")).isEqualTo(2);
    assertThat(run("--config", config.toString(), "--capacity-seats", "0")).isEqualTo(2);
    assertThat(run("goals", "--seeds", "0")).isEqualTo(2);
  }

  private int run(String... arguments) {
    out = new StringWriter();
    err = new StringWriter();
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] all = new String[arguments.length + 1];
    all[0] = "simulate";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return command.execute(all);
  }
}
