package io.tidegate.engine.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.limit.LimitState;
import io.tidegate.engine.telemetry.stream.PromptBucket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the limit has learned outlives the process. */
class LimitFileTest {
  private static final LimitState STATE =
      new LimitState(
          385.25,
          1_700_000_000_000L,
          Map.of(PromptBucket.UP_TO_512, .25, PromptBucket.LONGER, 4.125));

  @TempDir Path folder;
  private Path path;
  private LimitFile file;

  @BeforeEach
  void name() {
    path = folder.resolve("data").resolve("limit.properties");
    file = new LimitFile(path);
  }

  @Test
  void readsWhatWasWrittenLast() throws IOException {
    file.write(new LimitState(1, 1, Map.of()));
    file.write(STATE);

    assertThat(new LimitFile(path).read()).hasValue(STATE);
    try (var left = Files.list(path.getParent())) {
      assertThat(left).containsExactly(path);
    }
  }

  @Test
  void holdsNothingWhenItIsMissingOrMakesNoSense() throws IOException {
    assertThat(file.read()).isEmpty();

    Files.createDirectories(path.getParent());
    for (String text :
        new String[] {
          "",
          "seats=12",
          "seats=-3\nsaved_at_epoch_millis=5",
          "seats=NaN\nsaved_at_epoch_millis=5",
          "seats=9\nsaved_at_epoch_millis=soon",
          "seats=9\nsaved_at_epoch_millis=5\nbase_seconds.LONGER=-1",
          "seats=\\u00zz"
        }) {
      Files.writeString(path, text);
      assertThat(file.read()).as(text).isEmpty();
    }
  }
}
