package io.tidegate.http.admin.books;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.tidegate.engine.Engine;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.telemetry.CutCause;
import io.tidegate.engine.telemetry.EngineSnapshot;
import io.tidegate.engine.telemetry.HistogramSnapshot;
import io.tidegate.engine.telemetry.TierSnapshot;
import io.tidegate.http.upstream.Upstream;
import io.tidegate.http.upstream.Upstreams;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The engine's books as Prometheus reads them. Every series is there from the start; no label names
 * a subscriber.
 */
public final class Metrics implements MultiCollector {

  private final Engine engine;
  private final Supplier<Upstreams> upstreams;
  private final BooleanSupplier lastReloadSucceeded;
  private final Losses losses;

  private Metrics(
      Engine engine,
      Supplier<Upstreams> upstreams,
      BooleanSupplier lastReloadSucceeded,
      Losses losses) {
    this.lastReloadSucceeded = lastReloadSucceeded;
    this.losses = losses;
    this.engine = engine;
    this.upstreams = upstreams;
  }

  /** Registers the gate's metrics. */
  public static void register(
      PrometheusRegistry registry,
      Engine engine,
      Supplier<Upstreams> upstreams,
      BooleanSupplier lastReloadSucceeded,
      Losses losses) {
    registry.register(new Metrics(engine, upstreams, lastReloadSucceeded, losses));
  }

  @Override
  public MetricSnapshots collect() {
    EngineSnapshot now = engine.snapshot();
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    all.metricSnapshot(
        perTier(now, "offered", "Requests that asked to be admitted.", TierSnapshot::offered));
    all.metricSnapshot(perTier(now, "admitted", "Requests let in.", TierSnapshot::admitted));
    all.metricSnapshot(refused(now));
    all.metricSnapshot(completed(now));
    all.metricSnapshot(
        perTier(
            now,
            "left_queue",
            "Requests that left the queue by themselves.",
            TierSnapshot::leftQueue));
    all.metricSnapshot(
        gauges(now, "inflight_seats", "Seats held now.", TierSnapshot::inflightSeats));
    all.metricSnapshot(
        gauges(now, "queue_length", "Requests that wait in the queue.", TierSnapshot::waiting));
    all.metricSnapshot(
        gauges(now, "open_sessions", "Sessions that are open.", TierSnapshot::openSessions));
    all.metricSnapshot(TokenMetrics.of(now));
    all.metricSnapshot(features(now));
    now.limitSeats()
        .ifPresent(
            limit ->
                all.metricSnapshot(
                    gauge("limit_seats", "The ceiling of seats held at once.", limit)));
    all.metricSnapshot(
        gauge("reserve_seats", "Seats that only the best tier may take.", now.reserveSeats()));
    all.metricSnapshot(latched(now));
    all.metricSnapshot(cut(now));
    all.metricSnapshot(decision(now));
    all.metricSnapshot(
        times(
            now,
            "time_to_first_token",
            "From asking to the first token, a wait in the queue included.",
            TierSnapshot::timeToFirstToken));
    all.metricSnapshot(
        times(
            now, "queue_wait", "How long those waited who had to wait.", TierSnapshot::queueWait));
    all.metricSnapshot(
        times(
            now,
            "time_per_output_token",
            "The mean time of each token after the first, of streamed answers.",
            tier -> tier.times().perOutputToken()));
    all.metricSnapshot(durations(now));
    all.metricSnapshot(
        perUpstream("upstream_inflight", "Requests at an upstream.", Upstream::inflight));
    all.metricSnapshot(
        perUpstream(
            "upstream_healthy",
            "1 if an upstream could be reached last.",
            upstream -> upstream.healthy() ? 1 : 0));
    UpstreamMetrics.of(upstreams.get()).forEach(all::metricSnapshot);
    all.metricSnapshot(
        gauge(
            "config_reload_success",
            "1 unless the last reload was refused.",
            lastReloadSucceeded.getAsBoolean() ? 1 : 0));
    losses.counters().forEach(all::metricSnapshot);
    return all.build();
  }

  private static CounterSnapshot perTier(
      EngineSnapshot now, String name, String help, ToDoubleFunction<TierSnapshot> value) {
    CounterSnapshot.Builder counter = CounterSnapshot.builder().name("tidegate_" + name).help(help);
    for (TierSnapshot tier : now.tiers()) {
      counter.dataPoint(
          CounterSnapshot.CounterDataPointSnapshot.builder()
              .labels(labels(tier))
              .value(value.applyAsDouble(tier))
              .build());
    }
    return counter.build();
  }

  private static CounterSnapshot refused(EngineSnapshot now) {
    CounterSnapshot.Builder counter =
        CounterSnapshot.builder().name("tidegate_refused").help("Requests not let in.");
    for (TierSnapshot tier : now.tiers()) {
      for (RefusalReason reason : RefusalReason.values()) {
        counter.dataPoint(
            CounterSnapshot.CounterDataPointSnapshot.builder()
                .labels(labels(tier).add("reason", reason.label()))
                .value(tier.refused().getOrDefault(reason, 0L))
                .build());
      }
    }
    return counter.build();
  }

  private static CounterSnapshot completed(EngineSnapshot now) {
    CounterSnapshot.Builder counter =
        CounterSnapshot.builder().name("tidegate_completed").help("Admitted requests that ended.");
    for (TierSnapshot tier : now.tiers()) {
      for (Outcome outcome : Outcome.values()) {
        counter.dataPoint(
            CounterSnapshot.CounterDataPointSnapshot.builder()
                .labels(labels(tier).add("outcome", outcome.label()))
                .value(tier.completed().getOrDefault(outcome, 0L))
                .build());
      }
    }
    return counter.build();
  }

  private static CounterSnapshot cut(EngineSnapshot now) {
    CounterSnapshot.Builder counter =
        CounterSnapshot.builder()
            .name("tidegate_streams_cut")
            .help("Admitted streams that the gate itself ended.");
    for (CutCause cause : CutCause.values()) {
      counter.dataPoint(
          CounterSnapshot.CounterDataPointSnapshot.builder()
              .labels(Labels.of("cause", cause.label()))
              .value(now.streamsCut().getOrDefault(cause, 0L))
              .build());
    }
    return counter.build();
  }

  private static GaugeSnapshot gauges(
      EngineSnapshot now, String name, String help, ToDoubleFunction<TierSnapshot> value) {
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name("tidegate_" + name).help(help);
    now.tiers().forEach(tier -> gauge.dataPoint(point(labels(tier), value.applyAsDouble(tier))));
    return gauge.build();
  }

  private static GaugeSnapshot features(EngineSnapshot now) {
    GaugeSnapshot.Builder gauge =
        GaugeSnapshot.builder()
            .name("tidegate_feature_inflight_seats")
            .help("Seats that requests of a feature hold or wait for.");
    now.featureSeats()
        .forEach(
            (name, seats) -> gauge.dataPoint(point(Labels.of("feature", name), (double) seats)));
    return gauge.build();
  }

  private static GaugeSnapshot latched(EngineSnapshot now) {
    GaugeSnapshot.Builder gauge =
        GaugeSnapshot.builder()
            .name("tidegate_latched")
            .help("1 while a class waits for a better one that was just refused.");
    now.latchedByClass()
        .forEach(
            (known, latched) ->
                gauge.dataPoint(point(Labels.of("class", known.label()), latched ? 1 : 0)));
    return gauge.build();
  }

  private static io.prometheus.metrics.model.snapshots.HistogramSnapshot decision(
      EngineSnapshot now) {
    return io.prometheus.metrics.model.snapshots.HistogramSnapshot.builder()
        .name("tidegate_decision_seconds")
        .help("How long the engine took to decide.")
        .dataPoint(histogram(Labels.EMPTY, now.decision()))
        .build();
  }

  private static io.prometheus.metrics.model.snapshots.HistogramSnapshot times(
      EngineSnapshot now,
      String name,
      String help,
      Function<TierSnapshot, HistogramSnapshot> times) {
    var all =
        io.prometheus.metrics.model.snapshots.HistogramSnapshot.builder()
            .name("tidegate_" + name + "_seconds")
            .help(help);
    now.tiers().forEach(tier -> all.dataPoint(histogram(labels(tier), times.apply(tier))));
    return all.build();
  }

  private static io.prometheus.metrics.model.snapshots.HistogramSnapshot durations(
      EngineSnapshot now) {
    var all =
        io.prometheus.metrics.model.snapshots.HistogramSnapshot.builder()
            .name("tidegate_request_duration_seconds")
            .help("From asking to the end, of admitted requests.");
    for (TierSnapshot tier : now.tiers()) {
      tier.times()
          .whole()
          .forEach(
              (outcome, times) ->
                  all.dataPoint(histogram(labels(tier).add("outcome", outcome.label()), times)));
    }
    return all.build();
  }

  private GaugeSnapshot perUpstream(String name, String help, ToDoubleFunction<Upstream> value) {
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name("tidegate_" + name).help(help);
    for (Upstream upstream : upstreams.get().all()) {
      gauge.dataPoint(
          point(Labels.of("upstream", upstream.config().name()), value.applyAsDouble(upstream)));
    }
    return gauge.build();
  }

  private static GaugeSnapshot gauge(String name, String help, double value) {
    return GaugeSnapshot.builder()
        .name("tidegate_" + name)
        .help(help)
        .dataPoint(point(Labels.EMPTY, value))
        .build();
  }

  private static GaugeSnapshot.GaugeDataPointSnapshot point(Labels labels, double value) {
    return GaugeSnapshot.GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
  }

  private static HistogramDataPointSnapshot histogram(Labels labels, HistogramSnapshot from) {
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    from.buckets().forEach(bucket -> buckets.bucket(bucket.upperBoundSeconds(), bucket.count()));
    return HistogramDataPointSnapshot.builder()
        .labels(labels)
        .classicHistogramBuckets(buckets.build())
        .sum(from.sumSeconds())
        .build();
  }

  private static Labels labels(TierSnapshot tier) {
    return Labels.of("tier", tier.tier().name());
  }
}
