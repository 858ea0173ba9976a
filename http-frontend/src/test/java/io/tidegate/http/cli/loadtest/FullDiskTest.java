package io.tidegate.http.cli.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tidegate.http.cli.Main;
import io.tidegate.loadtest.backend.BackendSettings;
import io.tidegate.loadtest.backend.ChatBackend;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a load test says when it cannot keep what it measures. */
@Timeout(180)
class FullDiskTest {

  private static final Path FULL = Path.of("/dev/full");

  private final StringWriter err = new StringWriter();
  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "manifest.json",
        "seconds.jsonl.gz",
        "first-token.hlog",
        "assertions.json",
        "junit.xml",
        "report.html"
      })
  void saysInOneLineThatTheDiskIsFull(String file) throws IOException {
    assumeTrue(Files.exists(FULL), "only Linux has a device that is always full");
    // A link to it stands for a file that cannot grow.
    Path link = Files.createSymbolicLink(dir.resolve(file), FULL);
    assertThat(run(dir)).isEqualTo(1);
    Files.delete(link);
    assertThat(err.toString())
        .startsWith("tidegate: cannot write to " + dir)
        .contains("No space left on device")
        .hasLineCount(1);
  }

  @Test
  void saysInOneLineThatItsFolderCannotBeMade() throws IOException {
    Path file = Files.createFile(dir.resolve("file"));
    assertThat(run(file.resolve("run"))).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("tidegate: cannot write to " + file)
        .contains("Not a directory")
        .hasLineCount(1);
  }

  private int run(Path out) {
    try (ChatBackend backend =
        ChatBackend.start(BackendSettings.defaults().withFirstTokenMillis(1).withTokenMillis(1))) {
      return Main.commandLine()
          .setOut(new PrintWriter(new StringWriter()))
          .setErr(new PrintWriter(err, true))
          .execute(
              "loadtest",
              LoadtestCommandTest.ThreeUsers.class.getName(),
              "--target",
              backend.url(),
              "--requests",
              "--out",
              out.toString());
    }
  }
}
