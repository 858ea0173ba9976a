package io.tidegate.http.cli.tune;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * Some seconds of a recording: a histogram of nanoseconds for each tag. A tier's name alone tags
 * its times to first token, name and kind, as in {@code plus.queue_wait}, its other times; those of
 * the limit and of what is held are of seats.
 *
 * <p>Not thread-safe.
 */
final class Window {

  static final String QUEUE_WAIT = "queue_wait";
  static final String OUTPUT_TOKEN = "time_per_output_token";
  static final String DURATION = "request_duration";

  private static final String LIMIT = ".limit_seats";
  private static final String INFLIGHT = ".inflight_seats";
  private static final String UPSTREAM_FIRST = ".upstream_first_token";

  /** Long enough for rates, short enough to see a surge. */
  static final int SECONDS = 10;

  private static final int DIGITS = 3;

  private final Map<String, Histogram> byTag = new TreeMap<>();

  private long fromEpochMillis = Long.MAX_VALUE;
  private long toEpochMillis = Long.MIN_VALUE;
  private double summedSeconds;

  /** Adds what was recorded from one moment to another. */
  void add(String tag, Histogram times, long fromMillis, long toMillis) {
    fromEpochMillis = Math.min(fromEpochMillis, fromMillis);
    toEpochMillis = Math.max(toEpochMillis, toMillis);
    add(tag, times);
  }

  /** Adds what was recorded in it. */
  void add(String tag, Histogram times) {
    byTag.computeIfAbsent(tag, name -> new Histogram(DIGITS)).add(times);
  }

  /** Times to first token of all tiers. */
  Histogram firstTokens() {
    Histogram all = new Histogram(DIGITS);
    byTag.forEach(
        (tag, times) -> {
          if (tag.indexOf('.') < 0) {
            all.add(times);
          }
        });
    return all;
  }

  /** Times of one kind of all tiers. */
  Histogram all(String kind) {
    Histogram all = new Histogram(DIGITS);
    byTag.forEach(
        (tag, times) -> {
          if (tag.endsWith("." + kind)) {
            all.add(times);
          }
        });
    return all;
  }

  /** Times of one kind by tier. */
  Map<String, Histogram> byTier(String kind) {
    Map<String, Histogram> result = new TreeMap<>();
    byTag.forEach(
        (tag, times) -> {
          if (tag.endsWith("." + kind)) {
            result.put(tag.substring(0, tag.length() - kind.length() - 1), times);
          }
        });
    return result;
  }

  /** Requests that ended, a second. */
  double endedPerSecond() {
    return all(DURATION).getTotalCount() / seconds();
  }

  /** Seats that were held on average: as recorded, else by Little's law. */
  double seats() {
    Histogram held = byTag.get(INFLIGHT);
    return held == null
        ? Math.max(0, total(all(DURATION)) - total(all(QUEUE_WAIT))) / (seconds() * 1e9)
        : held.getMean();
  }

  /** For how long one request holds its seat in the mean, by Little's law. */
  double heldSeconds() {
    return seats() / Math.max(1e-9, endedPerSecond());
  }

  /** How long it is: seconds of which nothing is recorded have passed all the same. */
  private double seconds() {
    if (summedSeconds > 0) {
      return summedSeconds;
    }
    return toEpochMillis > fromEpochMillis ? (toEpochMillis - fromEpochMillis) / 1e3 : SECONDS;
  }

  /**
   * The mean time to first token without the wait in the gate's own queue: as recorded, else what
   * is left without the waits, of which some are of those who were refused after all.
   */
  double upstreamFirstTokenNanos() {
    Histogram recorded = byTag.get(UPSTREAM_FIRST);
    Histogram first = firstTokens();
    return recorded == null
        ? Math.max(0, total(first) - total(all(QUEUE_WAIT))) / Math.max(1, first.getTotalCount())
        : recorded.getMean();
  }

  /** The limit that was in force, in the mean; empty: none is recorded. */
  OptionalDouble limitSeats() {
    Histogram limits = byTag.get(LIMIT);
    return limits == null ? OptionalDouble.empty() : OptionalDouble.of(limits.getMean());
  }

  /** The part of the limit that was held, in the mean; 0 where no limit is recorded. */
  double useOfLimit() {
    Histogram held = byTag.get(INFLIGHT);
    double limit = limitSeats().orElse(0);
    return held == null || limit == 0 ? 0 : held.getMean() / limit;
  }

  /** What a histogram's values come to. */
  static double total(Histogram times) {
    return times.getTotalCount() == 0 ? 0 : times.getMean() * times.getTotalCount();
  }

  /** Several windows as one. */
  static Window sum(Iterable<Window> windows) {
    Window sum = new Window();
    for (Window window : windows) {
      window.byTag.forEach(sum::add);
      sum.summedSeconds += window.seconds();
    }
    return sum;
  }
}
