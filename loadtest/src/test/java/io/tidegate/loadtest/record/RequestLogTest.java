package io.tidegate.loadtest.record;

import static io.tidegate.loadtest.record.Samples.MILLI;
import static io.tidegate.loadtest.record.Samples.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.loadtest.record.result.Ending;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestLogTest {

  private static final List<String> TIERS = List.of("plus", "a \"b\", c");

  @TempDir Path dir;

  @Test
  void keepsALineForEachRequestWithWhatWasReached() throws IOException {
    record(true);
    assertThat(lines())
        .containsExactly(
            RequestLog.HEADER,
            "ask,plus,0,1.000000,1.002000,2000,,1000,7000,9000,10,OK,",
            "ask,\"a \"\"b\"\", c\",0,2.000000,2.000000,0,,1000,,1000,10,SHED,no-room");
  }

  @Test
  void keepsNoneUnasked() throws IOException {
    record(true);
    record(false);
    assertThat(dir.resolve(RequestLog.FILE)).doesNotExist();
  }

  private void record(boolean keep) throws IOException {
    try (RunDirectory directory = RunDirectory.create(dir, Samples.manifest())) {
      if (keep) {
        directory.keepRequests();
      }
      Recorder recorder = new Recorder(TIERS, directory);
      recorder.fired(0, 0, SECOND + 2 * MILLI, 2 * MILLI);
      recorder.ended(Samples.ok(0, SECOND, SECOND + 2 * MILLI, 7 * MILLI, 9 * MILLI));
      recorder.fired(1, 0, 2 * SECOND, 0);
      recorder.ended(Samples.ended(1, 2 * SECOND, Ending.shed("no-room")));
    }
  }

  private List<String> lines() throws IOException {
    try (GZIPInputStream in =
        new GZIPInputStream(Files.newInputStream(dir.resolve(RequestLog.FILE)))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
