package io.tidegate.http.admin;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tidegate.engine.Engine;
import io.tidegate.engine.signup.watch.Gates;
import io.tidegate.http.admin.books.Losses;
import io.tidegate.http.admin.books.Metrics;
import io.tidegate.http.admin.books.SignupMetrics;
import io.tidegate.http.live.LiveFeed;
import io.tidegate.http.upstream.Upstreams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** What a kubelet and a scraper ask: whether the process lives, takes traffic, and its metrics. */
final class HealthRoutes {

  private static final ContentType METRICS_TEXT =
      ContentTypes.parse("text/plain; version=0.0.4; charset=utf-8");

  private final Engine engine;
  private final Supplier<Upstreams> upstreams;
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.builder().build();

  HealthRoutes(
      Engine engine, Supplier<Upstreams> upstreams, Controls controls, Gates gates, LiveFeed live) {
    this.engine = engine;
    this.upstreams = upstreams;
    Metrics.register(
        registry,
        engine,
        upstreams,
        controls::lastReloadSucceeded,
        new Losses(() -> live.logFailures(), controls::accessLinesLost, controls::spansLost));
    registry.register(new SignupMetrics(gates));
    JvmMetrics.builder().register(registry);
  }

  List<AdminRoute> all() {
    return List.of(
        AdminRoute.read("/healthz", request -> AdminAnswers.text(200, "ok\n")),
        AdminRoute.read("/readyz", request -> ready()),
        AdminRoute.read("/metrics", request -> metrics()));
  }

  private HttpResponse ready() {
    if (engine.draining()) {
      return AdminAnswers.text(503, "draining\n");
    }
    return upstreams.get().anyHealthy()
        ? AdminAnswers.text(200, "ready\n")
        : AdminAnswers.text(503, "no healthy upstream\n");
  }

  private HttpResponse metrics() {
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    try {
      writer.write(page, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HttpResponse.create().withEntity(HttpEntities.create(METRICS_TEXT, page.toByteArray()));
  }
}
