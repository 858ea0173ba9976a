package io.tidegate.loadtest.builtin;

import static io.tidegate.loadtest.dsl.ChatDsl.chat;
import static io.tidegate.loadtest.dsl.ChatDsl.streamIntact;
import static io.tidegate.loadtest.dsl.CoreDsl.exec;
import static io.tidegate.loadtest.dsl.CoreDsl.rampUsers;
import static io.tidegate.loadtest.dsl.CoreDsl.scenario;

import io.tidegate.loadtest.backend.BackendSettings;
import io.tidegate.loadtest.backend.ChatBackend;
import io.tidegate.loadtest.dsl.SetUp;
import io.tidegate.loadtest.run.Run;
import io.tidegate.loadtest.run.RunOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * A short run against a server of its own, thrown away: it has the virtual machine compile what
 * sends, reads and books. Without it the first seconds of a run of some thousand tokens a second
 * are read by an interpreter, which is late for all that is due meanwhile.
 *
 * <p>Thread-safety: safe for any thread.
 */
public final class WarmUp {

  private static final AtomicBoolean DONE = new AtomicBoolean();

  private static final int USERS = 300;
  private static final Duration LENGTH = Duration.ofMillis(1_500);
  private static final Duration AT_MOST = Duration.ofSeconds(4);
  private static final int TOKENS = 100;
  private static final String AT_ONCE = "first-token-ms=1,token-ms=0,output-tokens=" + TOKENS;

  private WarmUp() {}

  /**
   * Warms up, for a second or two; a process needs it but once.
   *
   * @throws IOException if there is no room for its files
   */
  public static void once() throws IOException {
    if (DONE.compareAndSet(false, true)) {
      run();
    }
  }

  private static void run() throws IOException {
    Path folder = Files.createTempDirectory("tidegate-warm-up");
    try (ChatBackend backend =
        ChatBackend.start(BackendSettings.defaults().withCapacitySeats(USERS))) {
      SetUp setUp =
          SetUp.of(
                  "warm-up",
                  List.of(
                      scenario("warm-up")
                          .repeat(2)
                          .on(
                              exec(
                                  chat("stream")
                                      .completion()
                                      .inputTokens(100)
                                      .header("x-backend-script", AT_ONCE)
                                      .stream()
                                      .check(streamIntact())))
                          .exec(
                              chat("whole")
                                  .completion()
                                  .inputTokens(100)
                                  .header("x-backend-script", AT_ONCE))
                          .injectOpen(rampUsers(USERS).during(LENGTH))))
              .maxDuration(AT_MOST)
              .protocols(chat().baseUrl(backend.url()));
      new Run(setUp.plan(), RunOptions.into(folder, 1)).execute();
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      // What cannot be deleted stays in the folder of temporary files.
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }
}
