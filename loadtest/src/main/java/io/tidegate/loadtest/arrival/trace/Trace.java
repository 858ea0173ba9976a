package io.tidegate.loadtest.arrival.trace;

import java.nio.file.Path;
import java.util.List;

/**
 * What a file of arrivals holds.
 *
 * @param file where it was read from
 * @param rows in the order of time, the first at 0
 * @param resolutionNanos the longest stretch its clock could not tell apart
 */
public record Trace(Path file, List<TraceRow> rows, long resolutionNanos) {

  public Trace {
    rows = List.copyOf(rows);
  }

  /** From the first row to the last. */
  public long spanNanos() {
    return rows.isEmpty() ? 0 : rows.get(rows.size() - 1).atNanos();
  }

  /**
   * Rows without an answer: they arrived all the same, so they are replayed, asking for a token.
   */
  public long rowsWithoutAnswer() {
    return rows.stream().filter(row -> row.outputTokens() == 0).count();
  }
}
