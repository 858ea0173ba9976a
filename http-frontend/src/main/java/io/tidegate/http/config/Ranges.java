package io.tidegate.http.config;

import io.tidegate.http.config.yaml.Range;

/** The ranges of the configuration's values, for the records and for the reader of the file. */
final class Ranges {

  static final Range SUBSCRIBERS = new Range(1, 100_000_000);

  private Ranges() {}
}
