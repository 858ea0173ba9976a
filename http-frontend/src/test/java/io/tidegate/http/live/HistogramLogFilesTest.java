package io.tidegate.http.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Histogram logs stay within their bounds, and a disk that fails stops nobody. */
class HistogramLogFilesTest {
  private static final long START = 1_700_000_000_000L;
  private static final String LINE = "Tag=plus,1700000000.000,1.000,1.500,HISTABC\n";

  @TempDir Path folder;

  @Test
  void writesTheHeadOnceAndThenALineAfterTheOther() throws IOException {
    HistogramLogFiles files = new HistogramLogFiles(folder.resolve("hlog"));
    files.append(LINE, START);
    files.append("", START + 1_000);
    files.append(LINE, START + 2_000);

    assertThat(written()).hasSize(1);
    assertThat(Files.readString(written().get(0)))
        .isEqualTo(HistogramLog.head(START) + LINE + LINE);
  }

  @Test
  void beginsAnotherFileWhenOneIsLargeOrOld() throws IOException {
    HistogramLogFiles files = new HistogramLogFiles(folder.resolve("hlog"), 400);
    IntStream.range(0, 10).forEach(second -> files.append(LINE, START + second * 1_000L));
    int large = written().size();
    assertThat(large).isGreaterThan(1);

    files.append(LINE, START + TimeUnit.DAYS.toMillis(1) + 20_000);
    assertThat(written()).hasSize(large + 1);
  }

  @Test
  void keepsTheNewestFilesAndNoMoreOfThem() throws IOException {
    HistogramLogFiles files = new HistogramLogFiles(folder.resolve("hlog"), 1);
    IntStream.range(0, 50).forEach(second -> files.append(LINE, START + second * 1_000L));

    assertThat(written()).hasSize(HistogramLogFiles.MAX_FILES);
    assertThat(written().get(HistogramLogFiles.MAX_FILES - 1).getFileName().toString())
        .isEqualTo("tidegate-20231114T221409.000Z.hlog");
  }

  @Test
  void countsWhatCouldNotBeWrittenAndGoesOnWhenItCan() throws IOException {
    Path inTheWay = folder.resolve("hlog");
    Files.writeString(inTheWay, "a file where the folder should be");
    HistogramLogFiles files = new HistogramLogFiles(inTheWay);
    files.append(LINE, START);
    files.append(LINE, START + 1_000);
    assertThat(files.failures()).isEqualTo(2);

    Files.delete(inTheWay);
    files.append(LINE, START + 2_000);
    assertThat(files.failures()).isEqualTo(2);
    assertThat(Files.readString(written().get(0))).endsWith(LINE);
  }

  private List<Path> written() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("hlog"))) {
      return files.sorted().toList();
    }
  }
}
