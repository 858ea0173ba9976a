package io.tidegate.http.cli.loadtest;

import static io.tidegate.loadtest.dsl.ChatDsl.chat;
import static io.tidegate.loadtest.dsl.CoreDsl.atOnceUsers;
import static io.tidegate.loadtest.dsl.CoreDsl.global;
import static io.tidegate.loadtest.dsl.CoreDsl.scenario;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.http.cli.Main;
import io.tidegate.loadtest.backend.BackendSettings;
import io.tidegate.loadtest.backend.ChatBackend;
import io.tidegate.loadtest.dsl.Simulation;
import io.tidegate.loadtest.record.RunDirectory;
import io.tidegate.loadtest.record.result.RunData;
import io.tidegate.loadtest.run.HealthBounds;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(180)
class LoadtestCommandTest {

  private static final String TRACE =
      """
      TIMESTAMP,ContextTokens,GeneratedTokens
      2023-11-16 18:15:46.0,10,5
      2023-11-16 18:15:46.2,10,3
      2023-11-16 18:15:46.4,10,2
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir Path dir;

  @Test
  void rehearsesWithAGateOfItsOwn() throws IOException {
    Path trace = Files.writeString(dir.resolve("t.csv"), TRACE);
    int code = run("loadtest", "trace", "--trace", trace.toString(), "--out", path("run"));
    // A machine busy with other tests may make the generator late; all else is as it should be.
    assertThat(code).isIn(0, 3);
    assertThat(out.toString()).contains("3 arrivals", "behind a gate", "served", "0 streams cut");
    RunData data = RunDirectory.read(dir.resolve("run"));
    assertThat(data.totals().values().stream().mapToLong(tier -> tier.ok()).sum()).isEqualTo(3);
    assertThat(data.manifest().throughGate()).isTrue();
    assertThat(dir.resolve("run/assertions.json")).exists();
    assertThat(dir.resolve("run/junit.xml")).exists();
    assertThat(dir.resolve("run/report.html")).exists();
    out.getBuffer().setLength(0);
    assertThat(run("loadtest", "report", path("run"))).isZero();
    assertThat(out.toString()).startsWith("trace: ").contains("0 streams cut", "report.html");
  }

  @Test
  void tellsOfBothRunsOfAComparisonInOneReport() throws IOException {
    Path trace = Files.writeString(dir.resolve("t.csv"), TRACE);
    int code =
        run("loadtest", "trace", "--compare", "--trace", trace.toString(), "--out", path("both"));
    assertThat(code).isIn(0, 3);
    assertThat(dir.resolve("both/gate/report.html")).exists();
    assertThat(dir.resolve("both/no-gate/report.html")).exists();
    Path both = dir.resolve("both/report.html");
    assertThat(Files.readString(both)).contains("\"with the gate\"", "\"without the gate\"");
    Files.delete(both);
    assertThat(run("loadtest", "report", path("both"))).isZero();
    assertThat(Files.readString(both)).contains("\"with the gate\"", "\"without the gate\"");
  }

  @Test
  void runsASimulationClassAgainstATargetAndKeepsKeysToItself() throws IOException {
    try (ChatBackend backend =
        ChatBackend.start(BackendSettings.defaults().withFirstTokenMillis(1).withTokenMillis(1))) {
      int code =
          run(
              "loadtest",
              ThreeUsers.class.getName(),
              "--target",
              backend.url(),
              "--key",
              "plus=secret-of-plus",
              "--paired",
              backend.url(),
              "--paired-key",
              "secret-of-the-detour",
              "--requests",
              "--out",
              path("run"));
      assertThat(code).isZero();
    }
    assertThat(out.toString()).contains("plus 100 % served");
    assertThat(Files.readString(dir.resolve("run/manifest.json")))
        .contains("plus=***")
        .doesNotContain("secret-of");
    assertThat(out.toString()).contains("over 3 pairs");
    assertThat(dir.resolve("run/requests.csv.gz")).exists();
  }

  @Test
  void endsWith2WhenAnAssertionFails() {
    try (ChatBackend backend =
        ChatBackend.start(BackendSettings.defaults().withFirstTokenMillis(1).withTokenMillis(1))) {
      assertThat(
              run(
                  "loadtest",
                  FourWanted.class.getName(),
                  "--target",
                  backend.url(),
                  "--out",
                  path("run")))
          .isEqualTo(2);
    }
    assertThat(out.toString()).contains("FAILED");
  }

  @Test
  void saysInOneLineWhatIsWrong() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    assertThat(run("loadtest", "steady", "--target", "http://127.0.0.1:" + closed)).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("tidegate: cannot reach http://127.0.0.1:")
        .hasLineCount(1);
    assertThat(run("loadtest", "no-such-test")).isEqualTo(2);
    assertThat(run("loadtest", "trace")).isEqualTo(2);
    Path bad = Files.writeString(dir.resolve("bad.csv"), TRACE + "2023-11-16 18:15:47.0,x,2\n");
    err.getBuffer().setLength(0);
    assertThat(run("loadtest", "trace", "--trace", bad.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("bad.csv:5: ContextTokens: `x`").hasLineCount(1);
    assertThat(run("loadtest", "report", path("nothing"))).isEqualTo(1);
    assertThat(run("loadtest", Broken.class.getName())).isEqualTo(1);
    assertThat(err.toString()).contains("must call setUp").doesNotContain("Exception");
    err.getBuffer().setLength(0);
    assertThat(run("loadtest", String.class.getName())).isEqualTo(1);
    assertThat(err.toString()).contains("does not extend Simulation").hasLineCount(1);
    err.getBuffer().setLength(0);
    assertThat(run("loadtest", "steady", "--target", "nowhere")).isEqualTo(1);
    assertThat(err.toString()).contains("nowhere: it names no host").hasLineCount(1);
  }

  private String path(String name) {
    return dir.resolve(name).toString();
  }

  private int run(String... arguments) {
    return commandLine().execute(arguments);
  }

  private CommandLine commandLine() {
    return Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
  }

  /** A simulation as a user writes it. */
  static class ThreeUsers extends Simulation {
    ThreeUsers() {
      this(3);
    }

    ThreeUsers(int wanted) {
      setUp(
              scenario("chat")
                  .exec(chat("ask").completion().maxTokens(3).stream())
                  .injectOpen(atOnceUsers(3)))
          .validWithin(new HealthBounds(60_000, 60_000, 60_000, 60_000, 1, 10))
          .assertions(global().successfulRequests().count().is(wanted));
    }
  }

  /** One that is disappointed. */
  static final class FourWanted extends ThreeUsers {
    FourWanted() {
      super(4);
    }
  }

  /** One that forgets to set anything up. */
  static final class Broken extends Simulation {}
}
