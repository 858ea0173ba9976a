package io.tidegate.http.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.tidegate.http.access.Visit;
import io.tidegate.http.config.trace.TracingConfig;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/**
 * Begins a span for each request, in the trace that the client sent if it sent one, and sends it
 * away when it has ended. Nobody waits for the collector: spans beyond the queue's bound are lost.
 *
 * <p>Threading: safe for all; the SDK sends on a thread of its own.
 */
public final class Traces implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration AT_MOST_LATE = Duration.ofSeconds(1);
  private static final int MOST_AT_ONCE = 512;

  private final SdkTracerProvider provider;
  private final Tracer tracer;
  private final CountedExports exports;

  private Traces(TracingConfig config, URI endpoint) {
    OtlpHttpSpanExporterBuilder exporter =
        OtlpHttpSpanExporter.builder().setEndpoint(endpoint.toString()).setTimeout(PATIENCE);
    config.headers().forEach(exporter::addHeader);
    exports = new CountedExports(exporter.build(), endpoint);
    provider =
        SdkTracerProvider.builder()
            .setResource(
                Resource.create(
                    Attributes.of(AttributeKey.stringKey("service.name"), config.serviceName())))
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(config.sampleRatio())))
            .addSpanProcessor(new BoundedSpans(batches(config), exports, config.maxQueuedSpans()))
            .build();
    tracer = provider.get("io.tidegate");
  }

  private SpanProcessor batches(TracingConfig config) {
    return BatchSpanProcessor.builder(exports)
        .setMaxQueueSize(config.maxQueuedSpans())
        .setMaxExportBatchSize(Math.min(MOST_AT_ONCE, config.maxQueuedSpans()))
        .setScheduleDelay(AT_MOST_LATE)
        .setExporterTimeout(PATIENCE)
        .build();
  }

  /** Spans as they are configured; empty: there are none. */
  public static Optional<Traces> start(TracingConfig config) {
    return config.otlpEndpoint().map(endpoint -> new Traces(config, endpoint));
  }

  /** A request has come. */
  public Visit begin(HttpRequest request, String requestId) {
    Context from =
        W3CTraceContextPropagator.getInstance()
            .extract(Context.root(), request, ClientHeaders.INSTANCE);
    String path = request.getUri().path();
    Span span =
        tracer
            .spanBuilder(SpanNames.operation(path))
            .setParent(from)
            .setSpanKind(SpanKind.SERVER)
            .setAttribute("gen_ai.operation.name", SpanNames.operation(path))
            .setAttribute("gen_ai.provider.name", "openai")
            .setAttribute("http.request.method", request.method().name())
            .setAttribute("url.path", path)
            .setAttribute("tidegate.request_id", requestId)
            .startSpan();
    return new TracedVisit(span, SpanNames.operation(path));
  }

  /** Spans that found the queue full, or that the collector did not take. */
  public long lost() {
    return exports.lost();
  }

  /** Sends what waits, as far as the collector takes it soon. */
  @Override
  public void close() {
    provider.shutdown().join(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }
}
