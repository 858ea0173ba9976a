package io.tidegate.http.admin.books;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.tidegate.http.upstream.Upstream;
import io.tidegate.http.upstream.Upstreams;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How often upstreams have failed the gate, as Prometheus reads it. */
final class UpstreamMetrics {

  private UpstreamMetrics() {}

  static List<CounterSnapshot> of(Upstreams upstreams) {
    return List.of(
        perUpstream(
            upstreams,
            "tidegate_upstream_ejections",
            "How often an upstream was left out for its failures.",
            upstream -> upstream.member().standing().ejections()),
        perUpstream(
            upstreams,
            "tidegate_upstream_backoffs",
            "How often an upstream asked to be left alone for a time.",
            upstream -> upstream.member().standing().backOffs()),
        perUpstream(
            upstreams,
            "tidegate_upstream_retries",
            "Requests that went on to another upstream, since this one failed them.",
            upstream -> upstream.member().lostTotal()),
        CounterSnapshot.builder()
            .name("tidegate_retries_denied")
            .help("Requests that did not, since the budget for retries was used up.")
            .dataPoint(
                CounterDataPointSnapshot.builder()
                    .value((double) upstreams.retries().denied())
                    .build())
            .build());
  }

  private static CounterSnapshot perUpstream(
      Upstreams upstreams, String name, String help, ToDoubleFunction<Upstream> value) {
    CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
    for (Upstream upstream : upstreams.all()) {
      counter.dataPoint(
          CounterDataPointSnapshot.builder()
              .labels(Labels.of("upstream", upstream.config().name()))
              .value(value.applyAsDouble(upstream))
              .build());
    }
    return counter.build();
  }
}
