package io.tidegate.engine.control;

import io.tidegate.engine.limit.LimitState;
import io.tidegate.engine.telemetry.stream.PromptBucket;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The small file that keeps what an adaptive limit has learned over a restart. Written beside and
 * moved into place, so that a reader finds the old one or the new one; it is not forced to disk,
 * for what it loses is learned again.
 */
public final class LimitFile {
  private static final String SEATS = "seats";
  private static final String SAVED_AT = "saved_at_epoch_millis";
  private static final String BASE_SECONDS = "base_seconds.";

  private final Path file;

  /** The file of that name; it need not exist. */
  public LimitFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  /**
   * What an earlier run has written. A file that is missing, or cannot be read or understood, holds
   * nothing: that a limit must be found anew is no reason not to start.
   */
  public Optional<LimitState> read() {
    Properties lines = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      lines.load(reader);
      Map<PromptBucket, Double> base = new EnumMap<>(PromptBucket.class);
      for (PromptBucket prompt : PromptBucket.values()) {
        String seconds = lines.getProperty(BASE_SECONDS + prompt.name());
        if (seconds != null) {
          base.put(prompt, Double.valueOf(seconds));
        }
      }
      double seats = Double.parseDouble(lines.getProperty(SEATS, ""));
      long savedAt = Long.parseLong(lines.getProperty(SAVED_AT, ""));
      return Optional.of(new LimitState(seats, savedAt, base));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Replaces what the file holds; makes its folder where that is missing.
   *
   * @throws IOException if the disk does not let it
   */
  public void write(LimitState state) throws IOException {
    Properties lines = new Properties();
    lines.setProperty(SEATS, Double.toString(state.seats()));
    lines.setProperty(SAVED_AT, Long.toString(state.savedAtEpochMillis()));
    state
        .baseSeconds()
        .forEach(
            (prompt, seconds) ->
                lines.setProperty(BASE_SECONDS + prompt.name(), Double.toString(seconds)));
    Files.createDirectories(file.getParent());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (Writer writer = Files.newBufferedWriter(fresh, StandardCharsets.UTF_8)) {
      lines.store(writer, "What the adaptive limit has learned.");
    }
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
