package io.tidegate.http.cli.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What real runs speak for: a gate before the simulated backend whose memory holds 48 seats of the
 * load tester's conversations, first a calm time, then nine times as many. {@code docs/tuning.md}
 * tells how they were recorded.
 */
class RecordedRunsTest {

  private static final double KNEE = 48;

  @TempDir private Path folder;

  @Test
  void aLimitTwiceTooHighLeadsToTheKnee() throws IOException {
    Proposal limit = limit("limit-96.hlog.gz");
    assertThat(seats(limit)).isCloseTo(KNEE, within(.15 * KNEE));
    assertThat(limit.reason()).contains("late windows");
  }

  @Test
  void aLimitTwiceTooLowLeadsToATryOfTwiceAsMany() throws IOException {
    Proposal limit = limit("limit-24.hlog.gz");
    assertThat(seats(limit)).isCloseTo(KNEE, within(.15 * KNEE));
    assertThat(limit.reason()).contains("a try, no measurement");
  }

  private Proposal limit(String recording) throws IOException {
    Path file = folder.resolve("run.hlog");
    try (InputStream packed = RecordedRunsTest.class.getResourceAsStream(recording);
        InputStream log = new GZIPInputStream(packed)) {
      Files.copy(log, file);
    }
    List<Proposal> all = Advice.on(Recording.read(file));
    return all.stream().filter(one -> one.key().equals("limit.seats")).findFirst().orElseThrow();
  }

  private static double seats(Proposal limit) {
    return Double.parseDouble(limit.value().orElseThrow());
  }
}
