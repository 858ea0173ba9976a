package io.tidegate.http.admin.books;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What was recorded and found no place, since the start: the service goes on without it.
 *
 * @param histogramSeconds whose histograms the disk did not take
 * @param accessLines of the access log
 * @param spans that the collector of traces did not take
 */
public record Losses(LongSupplier histogramSeconds, LongSupplier accessLines, LongSupplier spans) {

  List<CounterSnapshot> counters() {
    return List.of(
        counter(
            "tidegate_hlog_failures",
            "Seconds whose histograms could not be written to disk.",
            histogramSeconds),
        counter(
            "tidegate_access_log_lost",
            "Lines of the access log that could not be written.",
            accessLines),
        counter("tidegate_spans_lost", "Spans that the collector of traces did not take.", spans));
  }

  private static CounterSnapshot counter(String name, String help, LongSupplier value) {
    return CounterSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(
            CounterSnapshot.CounterDataPointSnapshot.builder()
                .value((double) value.getAsLong())
                .build())
        .build();
  }
}
