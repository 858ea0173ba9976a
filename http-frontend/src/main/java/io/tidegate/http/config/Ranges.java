package io.tidegate.http.config;

import io.tidegate.http.config.yaml.Range;

/** The ranges of the configuration's values, for the records and for the reader of the file. */
final class Ranges {

  static final Range PORT = new Range(0, 65_535);
  static final Range CONNECTIONS = new Range(1, 1_000_000);
  static final Range HEADER_BYTES = new Range(1_024, 1_048_576);
  static final Range HEADERS = new Range(8, 1_000);
  static final Range BODY_BYTES = new Range(1_024, 1_073_741_824);
  static final Range HELD_BYTES = new Range(1_024, 1L << 40);
  static final Range SUBSCRIBERS = new Range(1, 100_000_000);

  private Ranges() {}
}
