package io.tidegate.http.config.listen;

import io.tidegate.http.config.yaml.Range;

/** The ranges of this room's values, for the records and for the reader of the file. */
final class Allowed {

  static final Range CONNECTIONS = new Range(1, 1_000_000);
  static final Range HEADER_BYTES = new Range(1_024, 1_048_576);
  static final Range HEADERS = new Range(8, 1_000);
  static final Range BODY_BYTES = new Range(1_024, 1_073_741_824);
  static final Range HELD_BYTES = new Range(1_024, 1L << 40);

  static final Range PEEK_BYTES = new Range(0, 1_073_741_824);

  private Allowed() {}
}
