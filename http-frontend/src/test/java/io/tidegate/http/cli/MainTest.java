package io.tidegate.http.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.http.TestGate;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What commands print and how they end. */
class MainTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve",
        "demo",
        "tune",
        "check",
        "explain",
        "status",
        "counters",
        "drain",
        "backend",
        "version",
        "loadtest"
      })
  void everyCommandExplainsItself(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(out.toString()).contains("Usage: tidegate " + command);
  }

  @Test
  void endsWith2ForAnUnknownCommandOrOption() {
    assertThat(run("swim")).isEqualTo(2);
    assertThat(run("serve", "--colour", "blue")).isEqualTo(2);
    assertThat(run("serve", "--port", "many")).isEqualTo(2);
    assertThat(run("serve", "--upstream", "ftp://a")).isEqualTo(2);
    assertThat(run("status", "--admin", "here")).isEqualTo(2);
    assertThat(run("check")).isEqualTo(2);
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).doesNotContain("Exception");
  }

  @ParameterizedTest
  @CsvSource({
    "--port, 99999",
    "--capacity-seats, 0",
    "--first-token-ms, -1",
    "--token-ms, 3600001",
    "--output-tokens, -5"
  })
  void endsWith2ForANumberThatTheBackendCannotTake(String option, String number) {
    assertThat(run("backend", option, number)).isEqualTo(2);
    assertThat(err.toString()).startsWith(option + ": ").contains("Usage: tidegate backend");
  }

  @Test
  void saysWhereItLooksForCounters(@TempDir Path folder) {
    assertThat(run("counters", "--once", "--data", folder.toString())).isEqualTo(1);
    assertThat(err.toString())
        .contains("there is no " + folder.resolve("counters.dat"))
        .doesNotContain("Exception");
  }

  @Test
  void tellsVersionCommitAndJava() {
    assertThat(run("version")).isZero();
    assertThat(out.toString())
        .matches("Tidegate \\d+\\.\\d+\\.\\S+ \\(\\w+\\) on Java \\d+\\S* \\(.+\\)\\R");
  }

  @Test
  void printsWhatAConfigurationAmountsTo(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("tidegate.yaml"), "listen: {port: 7000}\n");
    assertThat(run("check", "--config", file.toString())).isZero();
    assertThat(out.toString()).contains("port: 7000", "max_connections: 20000");
  }

  @Test
  void endsWith2ForAConfigurationThatCannotBeUsed(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(folder.resolve("tidegate.yaml"), "listen: {prot: 7000}\nlimmit: 3\n");
    assertThat(run("check", "--config", file.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("tidegate.yaml:1: listen.prot: unknown key, did you mean `port`?")
        .contains("tidegate.yaml:2: limmit: unknown key, did you mean `limit`?");
    assertThat(run("serve", "--config", file.toString())).isEqualTo(2);
  }

  @Test
  void showsTheStateOfARunningGateAndDrainsIt() {
    try (TestGate gate = TestGate.start()) {
      assertThat(run("status", "--admin", gate.adminUrl())).isZero();
      assertThat(out.toString())
          .contains("serving, 0 of 40 seats taken, 12 reserved")
          .contains("plus");
      assertThat(run("status", "--json", "--admin", gate.adminUrl())).isZero();
      assertThat(out.toString()).contains("\"limit_seats\" : 40");
      assertThat(run("drain", "--admin", gate.adminUrl())).isZero();
      assertThat(gate.frontend().drained().toCompletableFuture().join().cut()).isZero();
    }
  }

  @Test
  void saysInOneLineThatNoGateAnswers() {
    TestGate gate = TestGate.start();
    String nobody = gate.adminUrl();
    gate.close();
    assertThat(run("status", "--admin", nobody)).isEqualTo(1);
    assertThat(err.toString()).hasLineCount(1).contains("no gate answers at " + nobody);
  }

  @Test
  void saysInOneLineThatAPortIsTaken(@TempDir Path folder) {
    try (TestGate gate = TestGate.start()) {
      String taken = Integer.toString(gate.port());
      String data = folder.toString();
      assertThat(run("serve", "--port", taken, "--admin-port", "0", "--data", data)).isEqualTo(1);
      assertThat(err.toString()).hasLineCount(1).contains("cannot listen on 127.0.0.1:" + taken);
    }
  }

  private int run(String... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    return command.execute(arguments);
  }
}
