package io.tidegate.http.cli.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.http.cli.Main;
import io.tidegate.loadtest.backend.BackendSettings;
import io.tidegate.loadtest.backend.ChatBackend;
import io.tidegate.loadtest.record.RunDirectory;
import io.tidegate.loadtest.record.result.RunData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A load test as a process of its own, which somebody ends with Ctrl-C. */
class LoadtestProcessTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int INVALID = 3;

  @TempDir private Path folder;
  private Process process;

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  @Test
  void writesTheReportOfWhatWasMeasuredOnCtrlC() throws Exception {
    Path run = folder.resolve("run");
    try (ChatBackend backend =
        ChatBackend.start(BackendSettings.defaults().withFirstTokenMillis(1).withTokenMillis(1))) {
      start("steady", "--target", backend.url(), "--rate-scale", "20", "--out", run.toString());
      await().atMost(PATIENCE).until(() -> backend.stats().completed() > 10);
      interrupt();
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
    assertThat(process.exitValue()).isEqualTo(INVALID);
    assertThat(text())
        .contains("The run was cut short.", "requests were never sent", "Report: ")
        .doesNotContain("Exception");
    RunData data = RunDirectory.read(run);
    assertThat(data.cutShort()).isTrue();
    assertThat(data.totals().values().stream().mapToLong(tier -> tier.ok()).sum()).isPositive();
    assertThat(data.health().unsent()).isPositive();
    assertThat(Files.readString(run.resolve("report.html"))).contains("\"cutShort\":true");
    assertThat(run.resolve("assertions.json")).exists();
    assertThat(run.resolve("junit.xml")).exists();
  }

  @Test
  void doesNotBeginTheSecondHalfOfAComparisonAfterCtrlC() throws Exception {
    Path both = folder.resolve("both");
    start("steady", "--compare", "--out", both.toString());
    await().atMost(PATIENCE).until(() -> Files.exists(both.resolve("gate/manifest.json")));
    interrupt();
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(INVALID);
    assertThat(both.resolve("gate/report.html")).exists();
    assertThat(both.resolve("no-gate")).doesNotExist();
  }

  private void start(String... arguments) throws IOException {
    // Whoever runs these tests in the background may have had SIGINT ignored for all children.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.add("loadtest");
    command.addAll(List.of(arguments));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
  }

  private void interrupt() throws Exception {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }

  private String text() throws IOException {
    return Files.readString(folder.resolve("output"));
  }
}
