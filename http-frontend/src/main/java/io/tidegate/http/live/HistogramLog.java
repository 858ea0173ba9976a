package io.tidegate.http.live;

import io.tidegate.engine.telemetry.EngineSnapshot;
import io.tidegate.engine.telemetry.IntervalTimes;
import io.tidegate.engine.telemetry.TimeKind;
import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * Seconds as lines of a histogram log, as HdrHistogram's own tools read it, in nanoseconds.
 *
 * <p>A tier's times to first token are tagged with the tier's name alone, its other times with name
 * and kind, such as {@code plus.queue_wait}, and decisions with {@code .decision}. The times that
 * upstreams took to first tokens, from when they were given a request, are {@code
 * .upstream_first_token}, a mean a second. Where a limit is enforced, {@code .limit_seats} and
 * {@code .inflight_seats} tell of seats, not of nanoseconds.
 */
final class HistogramLog {
  private static final double MAX_VALUE_UNIT = TimeUnit.MILLISECONDS.toNanos(1);
  private static final double MILLIS = 1e3;
  private static final int DIGITS = 3;

  private HistogramLog() {}

  /** What a log begins with. */
  static String head(long startEpochMillis) {
    return written(
        log -> {
          log.outputLogFormatVersion();
          log.outputStartTime(startEpochMillis);
          log.setBaseTime(0);
          log.outputBaseTime(0);
          log.outputLegend();
        });
  }

  /** The lines of the second that ends now; none for what was not timed in it. */
  static String lines(
      IntervalTimes times, TierTable tiers, long beforeEpochMillis, long nowEpochMillis) {
    return written(
        log -> {
          for (Tier tier : tiers.tiers()) {
            for (TimeKind kind : TimeKind.values()) {
              line(log, times.of(kind, tier), tag(tier, kind), beforeEpochMillis, nowEpochMillis);
            }
          }
          line(log, times.decision(), ".decision", beforeEpochMillis, nowEpochMillis);
        });
  }

  /**
   * The lines of what the limit and the upstreams were like: seats, one value each, where there is
   * a limit, and the mean time to first tokens, as often as there were any.
   */
  static String levels(
      EngineSnapshot books,
      List<Seconds.Server> servers,
      long beforeEpochMillis,
      long nowEpochMillis) {
    return written(
        log -> {
          if (books.limitSeats().isPresent()) {
            Histogram limit = of(books.limitSeats().getAsInt(), 1);
            plain(log, limit, ".limit_seats", beforeEpochMillis, nowEpochMillis);
            Histogram held = of(books.inflightSeats(), 1);
            plain(log, held, ".inflight_seats", beforeEpochMillis, nowEpochMillis);
          }
          Histogram first = new Histogram(DIGITS);
          for (Seconds.Server server : servers) {
            long mean = Math.round(server.firstTokens().meanNanos());
            first.recordValueWithCount(mean, server.firstTokens().count());
          }
          line(log, first, ".upstream_first_token", beforeEpochMillis, nowEpochMillis);
        });
  }

  private static Histogram of(long value, long count) {
    Histogram one = new Histogram(DIGITS);
    one.recordValueWithCount(value, count);
    return one;
  }

  private static void plain(
      HistogramLogWriter log, Histogram values, String tag, long beforeMillis, long nowMillis) {
    values.setTag(tag);
    log.outputIntervalHistogram(beforeMillis / MILLIS, nowMillis / MILLIS, values, 1.0);
  }

  private static String tag(Tier tier, TimeKind kind) {
    return kind == TimeKind.FIRST_TOKEN ? tier.name() : tier.name() + "." + kind.label();
  }

  private static void line(
      HistogramLogWriter log, Histogram times, String tag, long beforeMillis, long nowMillis) {
    if (times.getTotalCount() > 0) {
      times.setTag(tag);
      log.outputIntervalHistogram(beforeMillis / MILLIS, nowMillis / MILLIS, times, MAX_VALUE_UNIT);
    }
  }

  private interface Writing {
    void to(HistogramLogWriter log);
  }

  private static String written(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    HistogramLogWriter log = new HistogramLogWriter(out);
    writing.to(log);
    out.flush();
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
