package io.tidegate.loadtest.scenario;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Records that users take one after the other, whoever comes first.
 *
 * <p>Not thread-safe: belongs to the thread that runs the users.
 */
public final class Feeder {

  private enum Order {
    QUEUE,
    CIRCULAR,
    RANDOM
  }

  private final List<Map<String, String>> records;
  private final Order order;
  private final SplittableRandom random = new SplittableRandom(1);
  private int next;

  private Feeder(List<Map<String, String>> records, Order order) {
    this.records = records;
    this.order = order;
  }

  /**
   * Reads a file with a line of names and a record a line, fields separated by commas and without
   * quotes. Each record is given once; a user who finds none left fails the run.
   *
   * @throws IllegalArgumentException naming the line that has too few or too many fields, or the
   *     file that cannot be read
   */
  public static Feeder csv(Path file) {
    try {
      return of(file.toString(), Files.readAllLines(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** The same records again and again. */
  public Feeder circular() {
    return new Feeder(records, Order.CIRCULAR);
  }

  /** Any record, each as likely as the others. */
  public Feeder random() {
    return new Feeder(records, Order.RANDOM);
  }

  /** The next record; empty if none is left. */
  public Optional<Map<String, String>> take() {
    return switch (order) {
      case QUEUE -> next < records.size() ? Optional.of(records.get(next++)) : Optional.empty();
      case CIRCULAR -> Optional.of(records.get(next++ % records.size()));
      case RANDOM -> Optional.of(records.get(random.nextInt(records.size())));
    };
  }

  private static Feeder of(String file, List<String> lines) {
    if (lines.size() < 2) {
      throw new IllegalArgumentException(file + ": a line of names and a record are needed");
    }
    String[] names = lines.get(0).strip().split(",", -1);
    List<Map<String, String>> records = new ArrayList<>();
    for (int line = 1; line < lines.size(); line++) {
      String[] cells = lines.get(line).strip().split(",", -1);
      if (lines.get(line).isBlank()) {
        continue;
      }
      if (cells.length != names.length) {
        throw new IllegalArgumentException(
            "%s:%d: %d fields, not %d".formatted(file, line + 1, cells.length, names.length));
      }
      Map<String, String> record = new LinkedHashMap<>();
      for (int i = 0; i < names.length; i++) {
        record.put(names[i], cells[i]);
      }
      records.add(record);
    }
    return new Feeder(List.copyOf(records), Order.QUEUE);
  }
}
