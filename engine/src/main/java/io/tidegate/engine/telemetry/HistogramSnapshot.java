package io.tidegate.engine.telemetry;

import java.util.List;

/**
 * A distribution of times since the engine started, in the form of a classic histogram.
 *
 * @param buckets by rising bound; the last bound is infinite
 * @param sumSeconds all times added up, to the recorder's precision
 * @param count how many times were recorded
 */
public record HistogramSnapshot(List<Bucket> buckets, double sumSeconds, long count) {

  /**
   * One bucket, by itself: its count does not include those of the buckets before it.
   *
   * @param upperBoundSeconds the largest time it takes
   * @param count how many times fell between the bound before and this one
   */
  public record Bucket(double upperBoundSeconds, long count) {}

  public HistogramSnapshot {
    buckets = List.copyOf(buckets);
  }
}
