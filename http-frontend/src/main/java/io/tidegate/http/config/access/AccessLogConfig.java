package io.tidegate.http.config.access;

import io.tidegate.http.config.yaml.Range;
import io.tidegate.http.config.yaml.Section;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether each request leaves a line, and where.
 *
 * @param file the one that is written; empty: there is no access log
 * @param maxFileBytes so large it grows at most, 64 KiB to 16 GiB
 * @param keptFiles so many older ones are kept, 0 to 1000
 */
public record AccessLogConfig(Optional<Path> file, long maxFileBytes, int keptFiles) {

  private static final Range FILE_BYTES = new Range(64L << 10, 16L << 30);
  private static final Range KEPT_FILES = new Range(0, 1_000);
  private static final long DEFAULT_FILE_BYTES = 64L << 20;
  private static final int DEFAULT_KEPT_FILES = 8;

  public AccessLogConfig {
    Objects.requireNonNull(file, "file");
    FILE_BYTES.check("access_log.max_file_bytes", maxFileBytes);
    KEPT_FILES.check("access_log.kept_files", keptFiles);
  }

  /** No access log. */
  public static AccessLogConfig off() {
    return new AccessLogConfig(Optional.empty(), DEFAULT_FILE_BYTES, DEFAULT_KEPT_FILES);
  }

  /** The same into a file. */
  public AccessLogConfig withFile(Path path) {
    return new AccessLogConfig(Optional.of(path), maxFileBytes, keptFiles);
  }

  /** Reads the file's section; what is wrong is reported and replaced by its default. */
  public static AccessLogConfig read(Section section) {
    return new AccessLogConfig(
        file(section),
        section.integer("max_file_bytes", FILE_BYTES).orElse(DEFAULT_FILE_BYTES),
        (int) section.integer("kept_files", KEPT_FILES).orElse(DEFAULT_KEPT_FILES));
  }

  private static Optional<Path> file(Section section) {
    try {
      return section.text("file").map(Path::of);
    } catch (InvalidPathException e) {
      section.report("file", "is not a path");
      return Optional.empty();
    }
  }

  /** The section that {@link #read} reads as this. */
  public Map<String, Object> print() {
    Map<String, Object> result = new LinkedHashMap<>();
    file.ifPresent(path -> result.put("file", path.toString()));
    result.put("max_file_bytes", maxFileBytes);
    result.put("kept_files", keptFiles);
    return result;
  }
}
