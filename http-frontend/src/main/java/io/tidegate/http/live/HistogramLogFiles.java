package io.tidegate.http.live;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Histogram logs on disk: a new file when one is large or old, the oldest taken away when there are
 * many. A disk that does not take them stops nobody: what could not be written is counted, and one
 * line of the log says so when it begins and when it is over.
 *
 * <p>Thread-safety: one thread writes; any may read the count.
 */
final class HistogramLogFiles {
  static final long MAX_BYTES = 16L << 20;
  static final Duration MAX_AGE = Duration.ofDays(1);
  static final int MAX_FILES = 8;

  private static final Logger LOG = LoggerFactory.getLogger(HistogramLogFiles.class);
  private static final String END = ".hlog";
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'tidegate-'yyyyMMdd'T'HHmmss.SSS'Z.hlog'")
          .withZone(ZoneOffset.UTC);

  private final Path folder;
  private final long maxBytes;
  private Path current;
  private long currentBytes;
  private long currentSinceEpochMillis;
  private boolean failing;
  private final AtomicLong failures = new AtomicLong();

  HistogramLogFiles(Path folder) {
    this(folder, MAX_BYTES);
  }

  HistogramLogFiles(Path folder, long maxBytes) {
    this.folder = folder;
    this.maxBytes = maxBytes;
  }

  /** Writes a second's lines. */
  void append(String lines, long nowEpochMillis) {
    if (lines.isEmpty()) {
      return;
    }
    try {
      if (isOver(nowEpochMillis)) {
        begin(nowEpochMillis);
      }
      write(currentBytes == 0 ? HistogramLog.head(currentSinceEpochMillis) + lines : lines);
      if (failing) {
        failing = false;
        LOG.info("histogram logs are written again, in {}", folder);
      }
    } catch (IOException e) {
      failures.incrementAndGet();
      if (!failing) {
        failing = true;
        LOG.warn("histogram logs cannot be written; the service goes on: {}", e.toString());
      }
    }
  }

  /** Seconds that could not be written since the start. */
  long failures() {
    return failures.get();
  }

  private boolean isOver(long nowEpochMillis) {
    return current == null
        || currentBytes >= maxBytes
        || nowEpochMillis - currentSinceEpochMillis >= MAX_AGE.toMillis();
  }

  private void begin(long nowEpochMillis) throws IOException {
    Files.createDirectories(folder);
    removeOldest();
    current = folder.resolve(NAME.format(Instant.ofEpochMilli(nowEpochMillis)));
    currentBytes = 0;
    currentSinceEpochMillis = nowEpochMillis;
  }

  /** Writes over what an attempt that failed may have left behind the last whole line. */
  private void write(String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    try (FileChannel channel =
        FileChannel.open(current, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.truncate(currentBytes).position(currentBytes);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
    currentBytes += bytes.limit();
  }

  /** Makes room for one more. Names sort by age. */
  private void removeOldest() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.getFileName().toString().endsWith(END)).sorted().toList();
    }
    for (Path old : files.subList(0, Math.max(0, files.size() - MAX_FILES + 1))) {
      Files.deleteIfExists(old);
    }
  }
}
