package io.tidegate.http.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the access log: the one that is written, and older ones whose names end with {@code
 * .1} for the youngest and so on. A disk that takes nothing stops nobody; one line of the gate's
 * own log says so when it begins and when it is over.
 *
 * <p>Threading: for one thread.
 */
final class AccessLogFiles {

  private static final Logger LOG = LoggerFactory.getLogger(AccessLogFiles.class);

  private final Path file;
  private final long maxBytes;
  private final int kept;
  private boolean failing;

  AccessLogFiles(Path file, long maxBytes, int kept) {
    this.file = file.toAbsolutePath();
    this.maxBytes = maxBytes;
    this.kept = kept;
  }

  /** Writes lines; says how many it could not write, which is none or all. */
  int append(List<AccessLine> lines) {
    String text = lines.stream().map(AccessLine::json).collect(Collectors.joining());
    try {
      write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      if (failing) {
        failing = false;
        LOG.info("the access log is written again, to {}", file);
      }
      return 0;
    } catch (IOException e) {
      if (!failing) {
        failing = true;
        LOG.warn("the access log cannot be written; the service goes on: {}", e.toString());
      }
      return lines.size();
    }
  }

  private void write(ByteBuffer bytes) throws IOException {
    Files.createDirectories(file.getParent());
    if (Files.exists(file) && Files.size(file) + bytes.remaining() > maxBytes) {
      makeRoom();
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long end = channel.size();
      try {
        channel.position(end);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      } catch (IOException e) {
        channel.truncate(end); // no half of a line stays
        throw e;
      }
    }
  }

  private void makeRoom() throws IOException {
    if (kept == 0) {
      Files.delete(file);
      return;
    }
    for (int age = kept; age > 1; age--) {
      if (Files.exists(older(age - 1))) {
        Files.move(older(age - 1), older(age), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.move(file, older(1), StandardCopyOption.REPLACE_EXISTING);
  }

  private Path older(int age) {
    return file.resolveSibling(file.getFileName() + "." + age);
  }
}
