package io.tidegate.loadtest.dsl;

import static io.tidegate.loadtest.dsl.ChatDsl.chat;
import static io.tidegate.loadtest.dsl.CoreDsl.rampUsers;
import static io.tidegate.loadtest.dsl.CoreDsl.scenario;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.loadtest.backend.BackendSettings;
import io.tidegate.loadtest.backend.ChatBackend;
import io.tidegate.loadtest.record.RunDirectory;
import io.tidegate.loadtest.record.result.Paired;
import io.tidegate.loadtest.record.result.RunData;
import io.tidegate.loadtest.run.RunOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class PairedRunTest {

  private static final int USERS = 40;

  /** What the slower of two servers adds: far more than a busy machine could hide. */
  private static final int SLOW_MILLIS = 2_000;

  @TempDir Path dir;

  @Test
  void sendsEachRequestBothWaysAndTellsWhatTheTargetAdds() throws IOException {
    try (ChatBackend target = backend(SLOW_MILLIS);
        ChatBackend direct = backend(1)) {
      RunData run = run(target, direct);
      Paired paired = run.paired();
      assertThat(paired.pairs()).isEqualTo(USERS);
      assertThat(run.total("plus").offered()).isEqualTo(USERS);
      assertThat(target.stats().completed()).isEqualTo(USERS);
      assertThat(direct.stats().completed()).isEqualTo(USERS);
      assertThat(lastRequest(direct)).contains("x-session-id").doesNotContain("of-the-target");
      assertThat(lastRequest(target)).contains("of-the-target");
      assertThat(paired.addedFirstTokenMicros(50)).isGreaterThan(SLOW_MILLIS * 500.0);
      assertThat(paired.addedWholeMicros(50)).isGreaterThan(SLOW_MILLIS * 500.0);
      assertThat(RunDirectory.read(dir).paired()).isEqualTo(paired);
      assertThat(Files.readString(dir.resolve("report.html"))).contains("\"pairs\":" + USERS);
    }
  }

  @Test
  void leavesOutPairsOfWhichOneWasNotAnsweredWhole() throws IOException {
    try (ChatBackend target = backend(1)) {
      ChatBackend gone = backend(1);
      gone.close();
      RunData run = run(target, gone);
      assertThat(run.paired()).isEqualTo(Paired.none());
      assertThat(run.total("plus").ok()).isEqualTo(USERS);
    }
  }

  private RunData run(ChatBackend target, ChatBackend direct) throws IOException {
    RunOptions options =
        RunOptions.into(dir, 1)
            .withDetour(new RunOptions.Detour(URI.create(direct.url()), Optional.empty()));
    return new SetUp(
            "paired",
            List.of(
                scenario("chat")
                    .exec(chat("ask").completion().maxTokens(3).stream())
                    .injectOpen(rampUsers(USERS).during(1))))
        .protocols(chat().baseUrl(target.url()).key("plus", "of-the-target"))
        .run(options)
        .run();
  }

  private static String lastRequest(ChatBackend backend) throws IOException {
    try (InputStream in = URI.create(backend.url() + "/stats/last-request").toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static ChatBackend backend(int firstTokenMillis) {
    return ChatBackend.start(
        BackendSettings.defaults()
            .withFirstTokenMillis(firstTokenMillis)
            .withTokenMillis(1)
            .withCapacitySeats(500));
  }
}
