package io.tidegate.http.cli.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.http.cli.Main;
import io.tidegate.loadtest.backend.BackendSettings;
import io.tidegate.loadtest.backend.ChatBackend;
import io.tidegate.loadtest.record.RunDirectory;
import io.tidegate.loadtest.record.result.RunData;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Simulations that are given as Java files. */
@Timeout(180)
class SourceFileTest {

  /** What the simulations that lie beside the load tester ask for, small enough for a test. */
  private static final Map<String, String> SMALL =
      Map.of("perSecond", "5", "seconds", "1", "streams", "5", "rampSeconds", "1");

  private static final Path SIMULATIONS = Path.of("..", "loadtest", "simulations");

  private static final String EVENING =
      """
      import static io.tidegate.loadtest.dsl.ChatDsl.chat;
      import static io.tidegate.loadtest.dsl.CoreDsl.*;

      import io.tidegate.loadtest.dsl.Simulation;

      class Evening extends Simulation {
        Evening() {
          setUp(
              scenario("chat")
                  .exec(session -> session.set("said", new Word().text()))
                  .exec(chat("#{said}").completion().maxTokens(3).stream())
                  .injectOpen(atOnceUsers(Helper.USERS)));
        }

        static final class Helper {
          static final int USERS = 2;
        }
      }

      record Word(String text) {
        Word() {
          this("ask");
        }
      }
      """;

  private final StringWriter err = new StringWriter();
  @TempDir Path dir;

  @BeforeEach
  void makeSmall() {
    SMALL.forEach(System::setProperty);
  }

  @AfterEach
  void forget() {
    SMALL.keySet().forEach(System::clearProperty);
  }

  @Test
  void runsAFileWithSeveralClasses() throws IOException {
    Path file = Files.writeString(dir.resolve("Evening.java"), EVENING);
    run(file);
    RunData run = RunDirectory.read(dir.resolve("run"));
    assertThat(run.manifest().name()).isEqualTo("Evening");
    assertThat(run.total("plus").ok()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ShortRequests.java", "Streams.java", "Conversation.java"})
  void runsTheFilesBesideTheLoadTester(String name) throws IOException {
    run(SIMULATIONS.resolve(name));
    assertThat(RunDirectory.read(dir.resolve("run")).total("plus").ok()).isBetween(5L, 8L);
  }

  @Test
  void namesTheLineThatDoesNotCompile() throws IOException {
    Path file =
        Files.writeString(dir.resolve("Evening.java"), EVENING.replace("atOnceUsers", "atOnce"));
    assertThat(run(file)).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("tidegate: " + file + ":12: cannot find symbol")
        .contains("atOnce")
        .hasLineCount(1);
  }

  @Test
  void saysInOneLineWhatAFileLacks() throws IOException {
    assertThat(run(dir.resolve("Nothing.java"))).isEqualTo(1);
    assertThat(err.toString()).contains("cannot read ").hasLineCount(1);
    err.getBuffer().setLength(0);
    assertThat(run(Files.writeString(dir.resolve("Other.java"), EVENING))).isEqualTo(1);
    assertThat(err.toString()).contains("Other.java holds no class Other").hasLineCount(1);
    err.getBuffer().setLength(0);
    assertThat(run(Files.writeString(dir.resolve("Plain.java"), "class Plain {}"))).isEqualTo(1);
    assertThat(err.toString()).contains("does not extend Simulation").hasLineCount(1);
    err.getBuffer().setLength(0);
    String throwing = "class Bad { static final int X = 1 / 0; Bad() {} }";
    assertThat(run(Files.writeString(dir.resolve("Bad.java"), throwing))).isEqualTo(1);
    assertThat(err.toString()).hasLineCount(1);
  }

  @Test
  void looksForClassesWhereItIsTold() throws IOException {
    assertThat(execute("Evening", "--class-path", dir.resolve("none").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("--class-path: there is no ").hasLineCount(1);
    Path source = Files.writeString(dir.resolve("Evening.java"), EVENING);
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-cp", SourceFile.classPathWith(List.of()), source.toString());
    assertThat(compiled).isZero();
    try (ChatBackend backend = backend()) {
      execute("Evening", "--class-path", dir.toString(), "--target", backend.url());
    }
    assertThat(RunDirectory.read(dir.resolve("run")).total("plus").ok()).isEqualTo(2);
  }

  private int run(Path simulation) {
    try (ChatBackend backend = backend()) {
      return execute(simulation.toString(), "--target", backend.url());
    }
  }

  private static ChatBackend backend() {
    return ChatBackend.start(BackendSettings.defaults().withFirstTokenMillis(1).withTokenMillis(1));
  }

  private int execute(String name, String... more) {
    StringWriter out = new StringWriter();
    List<String> arguments =
        new ArrayList<>(List.of("loadtest", name, "--out", dir.resolve("run").toString()));
    arguments.addAll(List.of(more));
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments.toArray(String[]::new));
  }
}
