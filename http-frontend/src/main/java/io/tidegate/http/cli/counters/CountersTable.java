package io.tidegate.http.cli.counters;

import io.tidegate.engine.telemetry.counter.CountersView;
import io.tidegate.engine.telemetry.counter.CountersView.Value;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Counters as lines of text: all of them once, or those in use with how fast they rise. */
final class CountersTable {
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Map<String, Long> before = new HashMap<>();
  private long beforeNanos;
  private long ofProcess;

  /** Every counter and its value, one a line. */
  static String whole(CountersView view) {
    StringBuilder text = new StringBuilder(heading(view));
    for (Value counter : view.read()) {
      text.append(String.format(Locale.ROOT, "%15d  %s%n", counter.value(), counter.label()));
    }
    return text.toString();
  }

  /** What is not zero, with its change a second since the look before. */
  String next(CountersView view, long nowNanos) {
    if (view.processId() != ofProcess) {
      before.clear();
      ofProcess = view.processId();
    }
    StringBuilder text = new StringBuilder(heading(view));
    text.append(String.format(Locale.ROOT, "%15s %11s%n", "value", "a second"));
    double seconds = (nowNanos - beforeNanos) / NANOS_PER_SECOND;
    for (Value counter : view.read()) {
      Long last = before.put(counter.label(), counter.value());
      if (counter.value() != 0) {
        String change =
            last == null
                ? ""
                : String.format(Locale.ROOT, "%+.1f", (counter.value() - last) / seconds);
        text.append(
            String.format(
                Locale.ROOT, "%15d %11s  %s%n", counter.value(), change, counter.label()));
      }
    }
    beforeNanos = nowNanos;
    return text.toString();
  }

  private static String heading(CountersView view) {
    boolean alive = ProcessHandle.of(view.processId()).map(ProcessHandle::isAlive).orElse(false);
    return String.format(
        "process %d, %s, counts since %s%n",
        view.processId(),
        alive ? "running" : "gone",
        Instant.ofEpochMilli(view.startEpochMillis()).truncatedTo(ChronoUnit.SECONDS));
  }
}
