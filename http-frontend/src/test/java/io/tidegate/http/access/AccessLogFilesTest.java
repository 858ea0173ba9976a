package io.tidegate.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written, when a file is put aside, and what a disk does that takes nothing. */
class AccessLogFilesTest {

  @TempDir private Path folder;

  @Test
  void aLineTellsWhatIsKnownAndLeavesOutTheRest() {
    assertThat(line("req_1").json())
        .isEqualTo(
            """
            {"time":"2026-11-24T10:00:00Z","request_id":"req_1",\
            "subscriber_sha256":"2bd806c97f0e00af","retry_count":1,"tier":"plus",\
            "class":"plus-opening","decision":"admitted","queue_ms":0.0,"first_token_ms":12.346,"duration_ms":250.0,\
            "completion_tokens":7,"upstream":"sim","outcome":"served"}
            """);
  }

  @Test
  void aFullFileIsPutAsideAndTheOldestGoes() throws IOException {
    Path file = folder.resolve("log/access.log");
    long three = 3L * line("req_0").json().length();
    AccessLogFiles files = new AccessLogFiles(file, three, 2);
    for (int n = 0; n < 10; n++) {
      assertThat(files.append(List.of(line("req_" + n)))).isZero();
    }
    assertThat(Files.readString(file)).contains("req_9").hasLineCount(1);
    assertThat(Files.readString(folder.resolve("log/access.log.1"))).contains("req_6", "req_8");
    assertThat(Files.readString(folder.resolve("log/access.log.2"))).contains("req_3", "req_5");
    try (Stream<Path> all = Files.list(folder.resolve("log"))) {
      assertThat(all).hasSize(3);
    }
  }

  @Test
  void linesThatTheDiskDoesNotTakeAreCountedAndLaterOnesAreWritten() throws IOException {
    Path blocked = Files.writeString(folder.resolve("log"), "a file where a folder should be");
    AccessLogFiles files = new AccessLogFiles(blocked.resolve("access.log"), 1 << 20, 2);
    assertThat(files.append(List.of(line("req_1"), line("req_2")))).isEqualTo(2);
    Files.delete(blocked);
    assertThat(files.append(List.of(line("req_3")))).isZero();
    assertThat(Files.readString(blocked.resolve("access.log"))).contains("req_3").hasLineCount(1);
  }

  private static AccessLine line(String id) {
    return new AccessLine(
        1_795_514_400_000L,
        id,
        Optional.of("alice"),
        OptionalLong.of(1),
        Optional.of("plus"),
        Optional.of("plus-opening"),
        Optional.empty(),
        "admitted",
        Optional.empty(),
        0,
        OptionalLong.of(12_345_678),
        250_000_000,
        OptionalLong.empty(),
        OptionalLong.of(7),
        Optional.of("sim"),
        Optional.of("served"));
  }
}
