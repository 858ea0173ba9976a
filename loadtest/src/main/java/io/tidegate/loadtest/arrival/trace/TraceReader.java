package io.tidegate.loadtest.arrival.trace;

import io.tidegate.loadtest.arrival.trace.TraceException.FieldException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a file of arrivals, strictly: the first row that cannot be understood ends it, with its
 * line. Line ends may be LF or CRLF, the last one may be missing, and so may the byte order mark.
 */
public final class TraceReader {

  private static final int MAX_ROWS = 5_000_000;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private TraceReader() {}

  /**
   * Reads all rows.
   *
   * @throws TraceException if a row cannot be understood, or times go back
   * @throws IOException if the file cannot be read
   */
  public static Trace read(Path file) throws IOException {
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return read(file, in);
    }
  }

  private static Trace read(Path file, BufferedReader in) throws IOException {
    String first = in.readLine();
    String begin = first == null ? "" : first.replace(BYTE_ORDER_MARK, "");
    TraceFormat format =
        TraceFormat.of(begin)
            .orElseThrow(
                () ->
                    new TraceException(
                        file,
                        1,
                        new FieldException("header", begin, "that of a trace that is known")));
    List<TraceRow> rows = new ArrayList<>();
    long line = format.hasHeader() ? 2 : 1;
    String text = format.hasHeader() ? in.readLine() : begin;
    long origin = 0;
    for (; text != null; text = in.readLine(), line++) {
      try {
        TraceRow row = format.parse(text);
        origin = rows.isEmpty() ? row.atNanos() : origin;
        add(rows, row.at(row.atNanos() - origin), text);
      } catch (FieldException e) {
        throw new TraceException(file, line, e);
      }
    }
    return new Trace(file, rows, format.resolutionNanos());
  }

  private static void add(List<TraceRow> rows, TraceRow row, String text) throws FieldException {
    if (!rows.isEmpty() && row.atNanos() < rows.get(rows.size() - 1).atNanos()) {
      throw new FieldException("time", text, "at or after the row before it");
    }
    if (rows.size() == MAX_ROWS) {
      throw new FieldException("row", text, "among the first " + MAX_ROWS);
    }
    rows.add(row);
  }
}
