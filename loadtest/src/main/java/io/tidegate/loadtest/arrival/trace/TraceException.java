package io.tidegate.loadtest.arrival.trace;

import java.io.IOException;
import java.nio.file.Path;

/** A trace that cannot be understood; the message names file, line, field, value and what is. */
public final class TraceException extends IOException {

  private static final long serialVersionUID = 1;

  TraceException(Path file, long line, FieldException field) {
    super("%s:%d: %s".formatted(file, line, field.getMessage()));
  }

  /** A field that cannot be understood, before it is known where it stands. */
  static final class FieldException extends Exception {

    private static final long serialVersionUID = 1;

    FieldException(String field, String value, String allowed) {
      super("%s: `%s` is not %s".formatted(field, value, allowed));
    }
  }
}
