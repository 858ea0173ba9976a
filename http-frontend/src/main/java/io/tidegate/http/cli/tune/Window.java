package io.tidegate.http.cli.tune;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * Some seconds of a recording: a histogram of nanoseconds for each tag. A tier's name alone tags
 * its times to first token, name and kind, as in {@code plus.queue_wait}, its other times.
 *
 * <p>Not thread-safe.
 */
final class Window {

  static final String QUEUE_WAIT = "queue_wait";
  static final String OUTPUT_TOKEN = "time_per_output_token";
  static final String DURATION = "request_duration";

  /** Long enough for rates, short enough to see a surge. */
  static final int SECONDS = 10;

  private static final int DIGITS = 3;

  private final Map<String, Histogram> byTag = new TreeMap<>();

  /** Adds what was recorded in a second. */
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
    return (double) all(DURATION).getTotalCount() / SECONDS;
  }

  /** Seats that were held on average, by Little's law: time spent upstream in a second. */
  double seats() {
    return Math.max(0, total(all(DURATION)) - total(all(QUEUE_WAIT))) / (SECONDS * 1e9);
  }

  /** The mean time to first token without the wait in the gate's own queue. */
  double upstreamFirstTokenNanos() {
    Histogram first = firstTokens();
    return Math.max(0, total(first) - total(all(QUEUE_WAIT))) / Math.max(1, first.getTotalCount());
  }

  /** What a histogram's values come to. */
  static double total(Histogram times) {
    return times.getTotalCount() == 0 ? 0 : times.getMean() * times.getTotalCount();
  }

  /** Several windows as one. */
  static Window sum(Iterable<Window> windows) {
    Window sum = new Window();
    windows.forEach(window -> window.byTag.forEach(sum::add));
    return sum;
  }
}
